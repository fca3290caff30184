import type { Observer } from '../types.ts'
import { commonest, isChat, treatment } from './votes.ts'

export const unknownMember: Observer = {
  id: 'unknown-member',
  summary: 'reads the answer to a request with a member that nobody knows',
  sees: (view) => (isChat(view) && view.breaks === 'zz_unknown_param' && view.response.status < 500 ? treatment(view) : undefined),
  decide: commonest,
}
