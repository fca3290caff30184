import type { Level, Observation, Requirement, Verdict } from '../types.ts'

/** What became of one requirement over its attempts, or over the exchanges of a run. */
export interface Count {
  held: number
  violated: number
  reason: string | undefined
}

/**
 * Violated anywhere is violated; else held anywhere is held; else unobserved.
 * With `tolerate`, a share of misses larger than allowed violates, and too few misses to tell leave it unobserved.
 */
export const fold = ({ held, violated }: Count, tolerate: Requirement['tolerate']): Observation => {
  if (!tolerate) return violated > 0 ? 'violated' : held > 0 ? 'held' : 'unobserved'
  const allowed = tolerate.of - tolerate.need
  const seen = held + violated
  if (violated > allowed && violated / seen > allowed / tolerate.of) return 'violated'
  if (held >= tolerate.need || (held > 0 && violated === 0)) return 'held'
  return 'unobserved'
}

export interface ProbeFacts {
  /** Observation per expected requirement that applies. */
  readonly observations: readonly { readonly level: Level; readonly observation: Observation; readonly reason?: string | undefined }[]
  readonly harnessFault?: string | undefined
  readonly unusable?: string | undefined
  /** The words of a refusal of any of its steps. */
  readonly refusal?: string | undefined
  /** Answers began with success, and none came to its end. */
  readonly unfinished?: boolean
}

/**
 * Folds what a probe saw into its verdict; the order is that of the table in the README. A refusal explains whatever stayed
 * unobserved, in the step that was refused and in those that build on it; it excuses nothing that was violated.
 */
export const verdictOf = ({
  observations,
  harnessFault,
  unusable,
  refusal,
  unfinished = false,
}: ProbeFacts): { verdict: Verdict; reason?: string } => {
  const violated = observations.filter(({ observation }) => observation === 'violated')
  if (violated.some(({ level }) => level === 'must')) return { verdict: 'fail' }
  if (harnessFault !== undefined) return { verdict: 'error', reason: `a check of ours failed: ${harnessFault}` }
  if (unusable !== undefined) return { verdict: 'error', reason: unusable }
  const open = observations.find(({ observation, level }) => observation === 'unobserved' && level !== 'may')
  if (refusal !== undefined && (open || violated.length === 0)) return { verdict: 'unsupported', reason: `refused: ${refusal}` }
  if (open) return { verdict: 'inconclusive', reason: unfinished ? 'no answer came to its end' : (open.reason ?? 'not observed') }
  if (violated.some(({ level }) => level === 'should')) return { verdict: 'warn' }
  return { verdict: 'pass' }
}
