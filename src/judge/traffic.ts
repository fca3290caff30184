import type { Exchange, Finding, Probe, Requirement, Suite, Trait, Transcript } from '../types.ts'
import { groupFindings } from './findings.ts'
import type { JudgeInput } from './judge.ts'
import { openLedger } from './ledger.ts'
import { gatherFacts } from './presence.ts'
import { createProbeJudge } from './probe-judge.ts'

/** Whether an exchange was recorded from somebody's traffic: no probe sent it, and none expects anything of it. */
export const isTraffic = (probe: string): boolean => /^proxy\/\d{4,}$/.test(probe)

/** A request of somebody's as a probe that expects nothing: what is ambient is owed to it all the same. */
const probeOf = ({ probe: id, request: { endpoint } }: Exchange): Probe => ({
  id,
  title: endpoint,
  capability: '',
  attempts: 1,
  baseline: false,
  extra: true,
  requires: [],
  whole: [],
  steps: [{ endpoint, auth: 'target', headers: [], expect: [], capture: {}, read: {} }],
  origin: { file: '', line: 0 },
})

/**
 * A transcript of traffic with the suite and the plan that nobody made for it, so that it is judged like any other.
 * What a run recorded is handed back as it is: a plan is what tells the two apart.
 */
export const withTraffic = (suites: readonly Suite[], transcript: Transcript): { suites: readonly Suite[]; transcript: Transcript } => {
  const { header } = transcript
  if (header.plan.length > 0) return { suites, transcript }
  const probes: Probe[] = []
  for (const exchange of transcript.exchanges()) if (isTraffic(exchange.probe)) probes.push(probeOf(exchange))
  if (probes.length === 0) return { suites, transcript }
  const suite: Suite = { id: 'proxy', title: 'Recorded traffic', file: '', digest: '', requirements: [], probes }
  return { suites: [...suites, suite], transcript: { ...transcript, header: { ...header, plan: probes.map(({ id }) => id) } } }
}

/**
 * Judges exchanges one by one as they end, with what those before have shown of the target. Requirements that need the
 * whole session are left to its end: checks over a run, and those that may be missed now and then.
 */
export const createLiveJudge = ({ suites, checks, shapeOf }: JudgeInput): ((exchange: Exchange) => readonly Finding[]) => {
  const decided = ({ check, tolerate }: Requirement) => tolerate === undefined && checks.get(check.id)?.over === 'exchange'
  const requirements = new Map(suites.flatMap((suite) => suite.requirements.filter(decided)).map((each) => [each.id, each]))
  const judgeProbe = createProbeJudge(requirements, checks, shapeOf)
  let traits: readonly Trait[] = []
  return (exchange) => {
    const facts = gatherFacts([exchange], [], traits)
    traits = [...facts.traits]
    const ledger = openLedger(facts, [])
    judgeProbe(probeOf(exchange), [exchange], ledger)
    return groupFindings(ledger.sightings)
  }
}
