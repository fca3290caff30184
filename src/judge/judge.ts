import type { JudgeShape } from '../transcript/view.ts'
import type { Exchange, Judgement, Probe, ProbeJudgement, Requirement, RequirementJudgement, Suite, Transcript, View } from '../types.ts'
import { type Checks, evaluate } from './evaluate.ts'
import { groupFindings } from './findings.ts'
import { finishProbe } from './finish-probe.ts'
import { bookViolations, count, type Ledger, openLedger } from './ledger.ts'
import { countVotes, type Observers } from './observe.ts'
import { type Facts, gatherFacts } from './presence.ts'
import { createProbeJudge } from './probe-judge.ts'
import { fold } from './verdict.ts'

export interface JudgeInput {
  readonly suites: readonly Suite[]
  readonly checks: Checks
  readonly shapeOf: JudgeShape
  readonly observers?: Observers
}

/**
 * Judges a transcript: a pure function of suites, checks and recorded bytes.
 * Exchanges must come in plan order; each is decoded, judged and let go.
 */
export const judge = ({ suites, checks, shapeOf, observers }: JudgeInput, transcript: Transcript): Judgement => {
  const probes = suites.flatMap((suite) => suite.probes)
  const requirements = new Map(suites.flatMap((suite) => suite.requirements).map((requirement) => [requirement.id, requirement]))
  const facts = gatherFacts(
    transcript.exchanges(),
    probes,
    transcript.traits.traits.map(({ name }) => name),
  )
  const ledger = openLedger(facts, transcript.header.target.declares, observers)
  const judgeProbe = createProbeJudge(requirements, checks, shapeOf)

  const judged = new Map<string, ProbeJudgement>()
  const byId = new Map(probes.map((probe) => [probe.id, probe]))
  for (const [id, exchanges] of groupByProbe(transcript.exchanges())) {
    const probe = byId.get(id)
    if (probe) judged.set(id, judgeProbe(probe, exchanges, ledger))
  }
  judgeRuns(requirements, checks, ledger)

  const observations = foldRequirements(requirements, ledger)
  const violated = new Set(observations.filter(({ observation }) => observation === 'violated').map(({ id }) => id))
  const kept = ledger.sightings.filter(({ requirement, level }) => level === 'may' || !requirement.tolerate || violated.has(requirement.id))
  const findings = groupFindings(kept)
  const idsOf = (requirement: string) => findings.filter((finding) => finding.requirement === requirement).map(({ id }) => id)
  return {
    probes: transcript.header.plan.map((id) =>
      finishProbe(byId.get(id) ?? id, judged.get(id), transcript.footer?.skipped[id], facts, findings),
    ),
    requirements: observations.map((entry) => ({ ...entry, findings: idsOf(entry.id) })),
    findings,
    traits: [...transcript.traits.traits, ...facts.found],
    endpoints: facts.endpoints,
    observations: countVotes(ledger),
    harness: ledger.harness,
    usage: ledger.usage,
  }
}

/** One probe's exchanges are together, because transcripts are read in plan order. */
function* groupByProbe(exchanges: Iterable<Exchange>): Generator<[string, readonly Exchange[]]> {
  let group: Exchange[] = []
  for (const exchange of exchanges) {
    if (group[0] && group[0].probe !== exchange.probe) {
      yield [group[0].probe, group]
      group = []
    }
    group.push(exchange)
  }
  if (group[0]) yield [group[0].probe, group]
}

/** Checks over a run see every exchange that matched, when the last one is known. */
const judgeRuns = (requirements: ReadonlyMap<string, Requirement>, checks: Checks, ledger: Ledger): void => {
  for (const [id, views] of ledger.runViews) {
    const requirement = requirements.get(id) as Requirement
    const all = views as unknown as [View, ...View[]]
    const last = views[views.length - 1] as View
    const declared = requirement.capability !== undefined && ledger.declares.includes(requirement.capability)
    const outcome = evaluate(requirement, all, { checks, traits: ledger.facts.traits, declared })
    if (outcome.kind === 'thrown') {
      ledger.harness.push({ check: requirement.check.id, requirement: id, probe: last.probe, message: outcome.message })
      continue
    }
    count(ledger.totals, id, outcome)
    bookViolations(ledger, requirement, '', outcome, last, all)
  }
}

const foldRequirements = (requirements: ReadonlyMap<string, Requirement>, { totals }: Ledger): Omit<RequirementJudgement, 'findings'>[] =>
  [...requirements.values()].map(({ id, level, capability, tolerate }) => {
    const seen = totals.get(id) ?? { held: 0, violated: 0, reason: undefined }
    return {
      id,
      level,
      ...(capability === undefined ? {} : { capability }),
      observation: fold(seen, tolerate),
      judged: seen.held + seen.violated,
    }
  })

/**
 * Whether another attempt could still show something: used while recording, with the very judge that judges at the end.
 * @param exchanges the attempts of this probe so far
 */
export const createSteering = ({
  suites,
  checks,
  shapeOf,
}: JudgeInput): ((probe: Probe, exchanges: readonly Exchange[], facts: Facts) => boolean) => {
  const requirements = new Map(suites.flatMap((suite) => suite.requirements).map((requirement) => [requirement.id, requirement]))
  const judgeProbe = createProbeJudge(requirements, checks, shapeOf)
  return (probe, exchanges, known) => {
    // a probe's own exchanges may show first what the run will know at its end
    const facts = { ...known, traits: new Set([...known.traits, ...gatherFacts(exchanges, [], []).traits]) }
    const { verdict } = judgeProbe(probe, exchanges, openLedger(facts, []))
    return verdict === 'inconclusive'
  }
}
