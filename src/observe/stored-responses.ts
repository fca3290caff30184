import { asObject } from '../checks/read.ts'
import type { Observer } from '../types.ts'
import { times, treatment } from './votes.ts'

export const storedResponses: Observer = {
  id: 'stored-responses',
  summary: 'sees whether an earlier response can be continued',
  sees(view) {
    const became = treatment(view)
    if (view.endpoint !== 'POST /responses' || view.breaks !== undefined || became === undefined) return undefined
    if (typeof asObject(view.request)?.previous_response_id === 'string') return `continued ${became}`
    return became === 'accepted' ? 'served' : undefined
  },
  decide(votes) {
    if (times(votes, 'continued accepted') > 0) return 'kept'
    return times(votes, 'continued refused') > 0 && times(votes, 'served') > 0 ? 'refused' : undefined
  },
}
