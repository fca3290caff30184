import { asArray, asObject, asString } from '../checks/read.ts'
import type { Observer } from '../types.ts'
import { messagesOf } from './history.ts'
import { fate, times, treatment } from './votes.ts'

export const foreignIds: Observer = {
  id: 'foreign-ids',
  summary: 'compares histories with ids of the strictest form and of others',
  sees(view) {
    const messages = messagesOf(view)
    const ids = messages.flatMap(({ tool_calls }) => asArray(tool_calls) ?? []).map((call) => asString(asObject(call)?.id))
    const became = treatment(view)
    // a history without tools in the request has a difficulty of its own
    if (ids.length === 0 || became === undefined || asArray(asObject(view.request)?.tools) === undefined) return undefined
    return `${ids.every((id) => id !== undefined && /^[A-Za-z0-9]{9}$/.test(id)) ? 'plain' : 'foreign'} ${became}`
  },
  decide(votes) {
    // refused by all ids alike, it is not for the ids
    if (times(votes, 'foreign refused') > 0) return fate(votes, 'plain') === 'accepted' ? 'refused' : undefined
    return fate(votes, 'foreign')
  },
}
