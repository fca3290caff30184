import { asArray, asObject } from '../checks/read.ts'
import type { Observer } from '../types.ts'
import { messagesOf } from './history.ts'
import { fate, treatment } from './votes.ts'

export const emptyToolId: Observer = {
  id: 'empty-tool-id',
  summary: 'compares a history whose call has an id with one whose call has an empty one',
  sees(view) {
    const ids = messagesOf(view)
      .flatMap(({ tool_calls }) => asArray(tool_calls) ?? [])
      .map((call) => asObject(call)?.id)
    const became = treatment(view)
    if (ids.length === 0 || became === undefined) return undefined
    return `${ids.includes('') ? 'empty' : 'named'} ${became}`
  },
  decide(votes) {
    const empty = fate(votes, 'empty')
    // where no call goes back at all, its id is not to blame
    return empty === 'refused' && fate(votes, 'named') !== 'accepted' ? undefined : empty
  },
}
