import type { Judgement, Probe, ProbeJudgement } from '../types.ts'
import type { Facts } from './presence.ts'

/** A probe that did not run says why; behind an absent endpoint there is nothing to run, and that is an answer. */
export const finishProbe = (
  probe: Probe | string,
  judged: ProbeJudgement | undefined,
  skipped: string | undefined,
  facts: Facts,
  findings: Judgement['findings'],
): ProbeJudgement => {
  if (judged) {
    const own = findings.filter(
      ({ probes, requirement }) => judged.requirements[requirement] === 'violated' && probes.includes(judged.probe),
    )
    return { ...judged, findings: own.map(({ id }) => id) }
  }
  const nothing = { attempts: 0, requests: 0, durationMs: 0, requirements: {}, findings: [] }
  if (typeof probe === 'string')
    return { probe, title: probe, capability: '', verdict: 'skipped', reason: 'no loaded suite has this probe', ...nothing }
  const absent = absentEndpoint(probe, facts)
  const verdict = absent ? ('unsupported' as const) : ('skipped' as const)
  const reason = absent ? `${absent.endpoint} is absent: ${absent.reason ?? ''}` : (skipped ?? 'not reached')
  return { probe: probe.id, title: probe.title, capability: probe.capability, verdict, reason, ...nothing }
}

/** The endpoint that a probe needs and the target does not have. */
export const absentEndpoint = (probe: Probe, { endpoints }: Facts) =>
  endpoints.find(({ endpoint, presence }) => presence === 'absent' && probe.steps.some((step) => step.endpoint === endpoint))
