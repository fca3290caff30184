import type { Observer } from '../types.ts'
import { commonest, isChat, treatment } from './votes.ts'

export const unknownModel: Observer = {
  id: 'unknown-model',
  summary: 'reads the status of requests for a model that does not exist',
  sees(view) {
    if (!isChat(view) || view.breaks !== 'model') return undefined
    const { status } = view.response
    if (status === 404) return 'not-found'
    if (status === 400 || status === 422) return 'bad-request'
    return treatment(view) === 'accepted' ? 'served' : undefined
  },
  decide: commonest,
}
