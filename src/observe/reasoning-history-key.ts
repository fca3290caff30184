import type { Observer } from '../types.ts'
import { seesReasoningInHistory } from './reasoning-history.ts'
import { fate } from './votes.ts'

export const reasoningHistoryKey: Observer = {
  id: 'reasoning-history-key',
  summary: 'compares the names under which reasoning is sent back',
  sees: seesReasoningInHistory,
  decide(votes) {
    const [long, short] = [fate(votes, 'reasoning_content'), fate(votes, 'reasoning')]
    if (long === undefined || short === undefined) return undefined
    if (long === short) return long === 'accepted' ? 'any' : fate(votes, 'bare') === 'accepted' ? 'none' : undefined
    return long === 'accepted' ? 'reasoning_content' : 'reasoning'
  },
}
