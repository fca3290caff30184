import type { Observer, View } from '../types.ts'
import { reasoningInHistory } from './history.ts'
import { fate, treatment } from './votes.ts'

/** The fate of one history by the name under which it carries reasoning, or of the same without any. */
export const seesReasoningInHistory = (view: View): string | undefined => {
  const name = reasoningInHistory(view)
  const became = treatment(view)
  return name === undefined || became === undefined ? undefined : `${name} ${became}`
}

/** The same tool loop with and without reasoning: only the difference tells, because a history may be refused for anything. */
export const reasoningHistory: Observer = {
  id: 'reasoning-history',
  summary: 'compares histories with reasoning and without it',
  sees: seesReasoningInHistory,
  decide(votes) {
    const bare = fate(votes, 'bare')
    const carrying = [fate(votes, 'reasoning_content'), fate(votes, 'reasoning')]
    const taken = carrying.includes('accepted')
    if (bare === 'refused') return taken ? 'required' : undefined
    if (bare === undefined) return undefined
    return taken ? 'optional' : carrying.includes('refused') ? 'forbidden' : undefined
  },
}
