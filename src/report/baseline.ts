import type { Judgement, Report, Suite } from '../types.ts'
import { appliesTo } from './applies.ts'

/** A defect that is known and accepted for now, with the reason for it. */
export interface BaselineEntry {
  /** A finding's id, or a requirement's id for all its findings. */
  readonly id: string
  readonly reason: string
  /** Of a finding's id: says what to look at once the finding is gone. */
  readonly requirement?: string
}

export interface AppliedBaseline {
  /** Finding id to reason. */
  readonly reasons: ReadonlyMap<string, string>
  readonly summary: NonNullable<Report['baseline']>
}

/** Every default probe that applies was run to a decision: what is gone from such a run is really gone. */
const whole = (judgement: Judgement, suites: readonly Suite[], complete: boolean): boolean => {
  const applies = appliesTo(judgement)
  const verdicts = new Map(judgement.probes.map(({ probe, verdict }) => [probe, verdict]))
  const decided = (id: string) => ['pass', 'warn', 'fail', 'unsupported'].includes(verdicts.get(id) ?? 'skipped')
  const owed = suites.flatMap(({ probes }) => probes).filter((probe) => !probe.extra && applies(probe))
  return complete && owed.every(({ id }) => decided(id))
}

/**
 * Entries are `known` while they fail, `stale` when what they excuse was seen and did not fail, and `unobserved` otherwise.
 * A finding's id is a hash: once the finding is gone, only `requirement` or a whole run can tell stale from unobserved.
 */
export const applyBaseline = (
  entries: readonly BaselineEntry[],
  judgement: Judgement,
  suites: readonly Suite[],
  complete: boolean,
): AppliedBaseline => {
  const reasons = new Map<string, string>()
  const summary = { known: [] as string[], stale: [] as string[], unobserved: [] as string[] }
  const observations = new Map(judgement.requirements.map(({ id, observation }) => [id, observation]))
  const isRequirement = new Set(suites.flatMap(({ requirements }) => requirements.map(({ id }) => id)))
  const gone = whole(judgement, suites, complete)

  for (const { id, reason, requirement } of entries) {
    const excused = judgement.findings.filter((finding) => finding.id === id || finding.requirement === id)
    for (const finding of excused) reasons.set(finding.id, reason)
    if (excused.length > 0) summary.known.push(id)
    else {
      const named = requirement ?? (isRequirement.has(id) ? id : undefined)
      const stale =
        named === undefined ? gone && /^[0-9a-f]{8}$/.test(id) : ['held', 'violated'].includes(observations.get(named) ?? 'unobserved')
      summary[stale ? 'stale' : 'unobserved'].push(id)
    }
  }
  for (const ids of Object.values(summary)) ids.sort()
  return { reasons, summary }
}
