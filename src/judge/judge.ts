import { type JudgeShape, toView, withoutBody } from '../transcript/view.ts'
import type {
  Exchange,
  HarnessFault,
  JsonObject,
  Judgement,
  Observation,
  Outcome,
  Probe,
  ProbeJudgement,
  Requirement,
  RequirementJudgement,
  Suite,
  Transcript,
  View,
  Violation,
} from '../types.ts'
import { type Checks, evaluate, traitsHold, whenMatches } from './evaluate.ts'
import { groupFindings, type Sighting, sighting } from './findings.ts'
import { type Facts, gatherFacts, refusalOf, unusable } from './presence.ts'
import { type Count, fold, verdictOf } from './verdict.ts'

export interface JudgeInput {
  readonly suites: readonly Suite[]
  readonly checks: Checks
  readonly shapeOf: JudgeShape
}

/** Where results gather during a pass over the transcript; one per call, never shared. */
interface Ledger {
  readonly facts: Facts
  /** Capabilities that the target is held to. */
  readonly declares: readonly string[]
  readonly sightings: Sighting[]
  readonly harness: HarnessFault[]
  /** Over the whole run, per requirement. */
  readonly totals: Map<string, Count>
  readonly runViews: Map<string, View[]>
  readonly usage: { requests: number; inputTokens: number; outputTokens: number }
}

const openLedger = (facts: Facts, declares: readonly string[]): Ledger => ({
  facts,
  declares,
  sightings: [],
  harness: [],
  totals: new Map(),
  runViews: new Map(),
  usage: { requests: 0, inputTokens: 0, outputTokens: 0 },
})

/**
 * Judges a transcript: a pure function of suites, checks and recorded bytes.
 * Exchanges must come in plan order; each is decoded, judged and let go.
 */
export const judge = ({ suites, checks, shapeOf }: JudgeInput, transcript: Transcript): Judgement => {
  const probes = suites.flatMap((suite) => suite.probes)
  const requirements = new Map(suites.flatMap((suite) => suite.requirements).map((requirement) => [requirement.id, requirement]))
  const facts = gatherFacts(
    transcript.exchanges(),
    probes,
    transcript.traits.traits.map(({ name }) => name),
  )
  const ledger = openLedger(facts, transcript.header.target.declares)
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

type ProbeJudge = (probe: Probe, exchanges: readonly Exchange[], ledger: Ledger) => ProbeJudgement

/** Compiles the requirements once; the result judges the exchanges of one probe into a ledger. */
const createProbeJudge = (requirements: ReadonlyMap<string, Requirement>, checks: Checks, shapeOf: JudgeShape): ProbeJudge => {
  const ambient = [...requirements.values()].filter(({ when }) => when !== undefined)
  const overOf = (requirement: Requirement) => checks.get(requirement.check.id)?.over ?? 'exchange'
  const wholeProbe = (probe: Probe) =>
    probe.steps.some(({ expect }) => expect.some((id) => overOf(requirements.get(id) as Requirement) === 'probe'))

  return (probe, exchanges, ledger) => {
    const { facts } = ledger
    const absent = absentEndpoint(probe, facts)
    const counts = new Map<string, Count>()
    const surroundings = { checks, traits: facts.traits, declared: ledger.declares.includes(probe.capability) }
    const keepViews = wholeProbe(probe)
    let views: View[] = []
    let attempt = 0
    let refusal: string | undefined
    let broken: string | undefined
    const harnessBefore = ledger.harness.length

    const book = (
      requirement: Requirement,
      view: View,
      all: readonly [View, ...View[]],
      outcome: ReturnType<typeof evaluate>,
      expected: boolean,
      owed: boolean,
    ) => {
      if (outcome.kind === 'thrown') {
        ledger.harness.push({ check: requirement.check.id, requirement: requirement.id, probe: probe.id, message: outcome.message })
        return
      }
      count(ledger.totals, requirement.id, outcome)
      if (expected || (owed && outcome.kind === 'violated')) count(counts, requirement.id, outcome)
      bookViolations(ledger, requirement, probe.capability, outcome, view, all)
    }

    for (const [position, exchange] of exchanges.entries()) {
      if (exchange.attempt !== attempt) {
        attempt = exchange.attempt
        views = []
        refusal = broken = undefined
      }
      const next = exchanges[position + 1]
      const paced = next?.attempt === exchange.attempt && next.step === exchange.step
      const step = probe.steps[exchange.step]
      ledger.usage.requests++
      if (!paced) broken ??= unusable(exchange)
      const view = toView(exchange, shapeOf, step?.breaks)
      if (!view) continue
      addUsage(ledger.usage, view)
      if (!paced) refusal ??= refusalOf(view)
      const expected = paced || absent ? [] : (step?.expect ?? [])
      const lenient = view.breaks !== undefined && view.response.status < 300
      const shaped = new Set(lenient ? [] : view.shape.map(({ requirement }) => requirement))
      const todo = new Set<Requirement>()
      for (const requirement of ambient)
        if (whenMatches(requirement.when ?? {}, view) && !(lenient && aboutAnswers(requirement))) todo.add(requirement)
      for (const id of [...expected, ...shaped]) todo.add(requirements.get(id) ?? (requirements.get('wire.shape') as Requirement))
      if (!paced) views.push(keepViews ? view : withoutBody(view))
      for (const requirement of todo) {
        if (requirement === undefined || !traitsHold(requirement.requires, facts.traits)) continue
        const over = overOf(requirement)
        const isExpected = expected.includes(requirement.id)
        const isOwed = shaped.has(requirement.id) || owedByAll.has(requirement.id)
        if (over === 'run') keepForRun(ledger, requirement.id, view)
        else if (over === 'exchange')
          book(requirement, view, [view], evaluate(requirement, [view], surroundings), isExpected, isOwed && !paced)
        else if (isExpected && views.length === exchange.step + 1 && decidedHere(probe, exchange.step, requirement.id)) {
          const all = views as [View, ...View[]]
          book(requirement, view, all, evaluate(requirement, all, surroundings), true, false)
        }
      }
    }
    const judgedHere = new Set([
      ...expectedOf(probe, requirements, facts),
      ...[...counts.keys()].map((id) => requirements.get(id) as Requirement),
    ])
    const observations = absent ? [] : observe([...judgedHere], counts)
    const fault = ledger.harness[harnessBefore]
    const verdict = absent
      ? { verdict: 'unsupported' as const, reason: `${absent.endpoint} is absent: ${absent.reason ?? ''}` }
      : verdictOf({ observations, harnessFault: fault && `${fault.check}: ${fault.message}`, unusable: broken, refusal })
    const last = exchanges[exchanges.length - 1]
    return {
      probe: probe.id,
      title: probe.title,
      capability: probe.capability,
      ...verdict,
      attempts: attempt,
      requests: exchanges.length,
      durationMs: last ? Math.round(endOf(last) - (exchanges[0]?.request.sentAtMs ?? 0)) : 0,
      requirements: Object.fromEntries(observations.map(({ id, observation }) => [id, observation])),
      findings: [],
    }
  }
}

/**
 * What every probe owes without saying so: the right shape of its answers, and an answer at all. Without it a probe
 * would stay green on an exchange that is wrong from top to bottom.
 */
const owedByAll: ReadonlySet<string> = new Set(['wire.no-server-error', 'errors.envelope', 'errors.message'])

/**
 * Where a request that is wrong on purpose was served all the same, its own requirement speaks of it; what the answer
 * then lacks follows from what the request lacked.
 */
const aboutAnswers = ({ capability }: Requirement): boolean =>
  capability === undefined || !['errors', 'http', 'auth', 'limits'].includes(capability)

/** What is expected of a probe as a whole is decided at its last step. */
const decidedHere = (probe: Probe, step: number, id: string): boolean => !probe.whole.includes(id) || step === probe.steps.length - 1

const endOf = ({ request, outcome }: Exchange): number => request.sentAtMs + (outcome.kind === 'response' ? outcome.endAtMs : outcome.atMs)

const expectedOf = (probe: Probe, requirements: ReadonlyMap<string, Requirement>, { traits }: Facts): readonly Requirement[] =>
  [...new Set(probe.steps.flatMap(({ expect }) => expect))]
    .map((id) => requirements.get(id) as Requirement)
    .filter((requirement) => requirement !== undefined && traitsHold(requirement.requires, traits))

const observe = (expected: readonly Requirement[], counts: ReadonlyMap<string, Count>) =>
  expected.map(({ id, level, tolerate }) => {
    const seen = counts.get(id)
    const observation: Observation = seen ? fold(seen, tolerate) : 'unobserved'
    return { id, level, observation, reason: `${id}: ${seen?.reason ?? 'the step was not reached'}` }
  })

const count = (counts: Map<string, Count>, id: string, outcome: Outcome): void => {
  const entry = counts.get(id) ?? { held: 0, violated: 0, reason: undefined }
  counts.set(id, entry)
  if (outcome.kind === 'unobserved') entry.reason = outcome.reason
  else entry[outcome.kind]++
}

const bookViolations = (
  ledger: Ledger,
  requirement: Requirement,
  capability: string,
  outcome: Outcome,
  view: View,
  all: readonly View[],
): void => {
  const add = (violation: Violation, level: Requirement['level']) =>
    ledger.sightings.push(
      sighting(requirement, level, capability, violation, violation.view === undefined ? view : (all[violation.view] ?? view)),
    )
  if (outcome.kind === 'violated') for (const violation of outcome.violations) add(violation, requirement.level)
  if (outcome.kind === 'held') for (const note of outcome.notes ?? []) add(note, 'may')
}

const keepForRun = ({ runViews }: Ledger, id: string, view: View): void => {
  const views = runViews.get(id) ?? []
  runViews.set(id, views)
  views.push(withoutBody(view))
}

/** Checks over a run see every exchange that matched, when the last one is known. */
const judgeRuns = (requirements: ReadonlyMap<string, Requirement>, checks: Checks, ledger: Ledger): void => {
  for (const [id, views] of ledger.runViews) {
    const requirement = requirements.get(id) as Requirement
    const all = views as unknown as [View, ...View[]]
    const last = views[views.length - 1] as View
    const outcome = evaluate(requirement, all, { checks, traits: ledger.facts.traits, declared: false })
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

/** A probe that did not run says why; behind an absent endpoint there is nothing to run, and that is an answer. */
const finishProbe = (
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

const absentEndpoint = (probe: Probe, { endpoints }: Facts) =>
  endpoints.find(({ endpoint, presence }) => presence === 'absent' && probe.steps.some((step) => step.endpoint === endpoint))

const addUsage = (usage: Ledger['usage'], { completion, response }: View): void => {
  if (response.status < 200 || response.status > 299) return
  const own = (completion as JsonObject | undefined)?.usage as JsonObject | undefined
  const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0)
  usage.inputTokens += number(own?.prompt_tokens) + number(own?.input_tokens)
  usage.outputTokens += number(own?.completion_tokens) + number(own?.output_tokens)
}

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
