import { type JudgeShape, toView, withoutBody } from '../transcript/view.ts'
import type { Exchange, Observation, Probe, ProbeJudgement, Requirement, View } from '../types.ts'
import { type Checks, evaluate, traitsHold, whenMatches } from './evaluate.ts'
import { absentEndpoint } from './finish-probe.ts'
import { isFinished } from './finished.ts'
import { addUsage, bookViolations, count, keepForRun, type Ledger } from './ledger.ts'
import { castVotes } from './observe.ts'
import { aboutAnswers, aboutRefusals, owedByAll } from './owed.ts'
import { type Facts, unusable } from './presence.ts'
import { isPlainRefusal, refusalOf } from './refusal.ts'
import { type Count, fold, verdictOf } from './verdict.ts'
import { isStray, webPageWords } from './web-page.ts'

type ProbeJudge = (probe: Probe, exchanges: readonly Exchange[], ledger: Ledger) => ProbeJudgement

/** Compiles the requirements once; the result judges the exchanges of one probe into a ledger. */
export const createProbeJudge = (requirements: ReadonlyMap<string, Requirement>, checks: Checks, shapeOf: JudgeShape): ProbeJudge => {
  const ambient = [...requirements.values()].filter(({ when }) => when !== undefined)
  const overOf = (requirement: Requirement) => checks.get(requirement.check.id)?.over ?? 'exchange'
  const wholeProbe = (probe: Probe) =>
    probe.steps.some(({ expect }) => expect.some((id) => ['probe', 'copies'].includes(overOf(requirements.get(id) as Requirement))))

  return (probe, exchanges, ledger) => {
    const { facts } = ledger
    const absent = absentEndpoint(probe, facts)
    const counts = new Map<string, Count>()
    const surroundings = { checks, traits: facts.traits, declared: ledger.declares.includes(probe.capability) }
    const keepViews = wholeProbe(probe)
    // the steps of each copy, and the copies of the step at hand
    let chains = new Map<number, View[]>()
    let copies: View[] = []
    // copies of which a step was refused for want of a stream: nothing can be told of their steps together
    let spoiled = new Set<number>()
    let attempt = 0
    let refusal: string | undefined
    let isRefused = false
    let streamOnly = true
    let broken: string | undefined
    const ends = { finished: 0, broken: 0 }
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
      bookViolations(ledger, requirement, probe.capability, outcome, view, all, expected)
    }

    for (const [position, exchange] of exchanges.entries()) {
      if (exchange.attempt !== attempt) {
        attempt = exchange.attempt
        chains = new Map()
        spoiled = new Set()
        refusal = broken = undefined
        isRefused = false
        streamOnly = true
      }
      const next = exchanges[position + 1]
      const goesOn = next?.attempt === exchange.attempt && next.step === exchange.step
      const paced = goesOn && next.copy === exchange.copy
      const before = exchanges[position - 1]
      if (before?.attempt !== exchange.attempt || before.step !== exchange.step) copies = []
      const views = chains.get(exchange.copy ?? 0) ?? []
      chains.set(exchange.copy ?? 0, views)
      const step = probe.steps[exchange.step]
      ledger.usage.requests++
      // of several requests at once some may be sent away: that is no trouble, but an answer
      if (!paced && !(probe.parallel && isThrottled(exchange))) broken ??= unusable(exchange)
      const decoded = toView(exchange, shapeOf, step?.breaks)
      if (!decoded) continue
      if (isStray(decoded, probe, facts)) {
        broken ??= webPageWords
        continue
      }
      const isPlain = isPlainRefusal(decoded, facts)
      const view = isPlain ? asMeantWell(decoded) : decoded
      addUsage(ledger.usage, view)
      const refused = paced ? undefined : refusalOf(view)
      isRefused ||= refused !== undefined
      if (!probe.observes || isPlain) refusal ??= refused
      if (refused !== undefined && !isPlain) streamOnly = false
      if (isPlain) spoiled.add(exchange.copy ?? 0)
      else if (!paced) castVotes(ledger, view)
      if (isSuccess(view)) ends[isFinished(view) ? 'finished' : 'broken']++
      const expected = paced || absent || isPlain ? [] : (step?.expect ?? [])
      const lenient = view.breaks !== undefined && view.response.status < 300
      const shaped = new Set(lenient ? [] : view.shape.map(({ requirement }) => requirement))
      const todo = new Set<Requirement>()
      for (const requirement of ambient)
        if (whenMatches(requirement.when ?? {}, view) && !((lenient || isPlain) && aboutAnswers(requirement))) todo.add(requirement)
      for (const id of [...expected, ...shaped]) todo.add(requirements.get(id) ?? (requirements.get('wire.shape') as Requirement))
      let light: View | undefined
      const withoutBodyOnce = () => (light ??= withoutBody(view))
      if (!paced) views.push(keepViews ? view : withoutBodyOnce())
      if (!paced && probe.parallel) copies.push(view)
      for (const requirement of todo) {
        if (requirement === undefined || !traitsHold(requirement.requires, facts.traits)) continue
        const over = overOf(requirement)
        const isExpected = expected.includes(requirement.id)
        const isOwed = shaped.has(requirement.id) || owedByAll.has(requirement.id)
        if (over === 'run') {
          if (!isPlain) keepForRun(ledger, requirement.id, withoutBodyOnce())
        } else if (over === 'exchange')
          book(requirement, view, [view], evaluate(requirement, [view], surroundings), isExpected, isOwed && !paced)
        else if (
          isExpected &&
          !spoiled.has(exchange.copy ?? 0) &&
          (over === 'copies' ? !goesOn : isReached(views, exchange) && decidedHere(probe, exchange.step, requirement.id))
        ) {
          const all = (over === 'copies' ? copies : views) as [View, ...View[]]
          book(requirement, view, all, evaluate(requirement, all, surroundings), true, false)
        }
      }
    }
    const judgedHere = new Set([
      ...expectedOf(probe, requirements, facts),
      ...[...counts.keys()].map((id) => requirements.get(id) as Requirement),
    ])
    const observations = absent ? [] : observe([...judgedHere], counts)
    const asked = new Set(probe.steps.flatMap(({ expect }) => expect))
    const unfinished = ends.broken > 0 && ends.finished === 0
    broken ??= unanswered(probe, facts)
    const fault = ledger.harness[harnessBefore]
    const verdict = absent
      ? { verdict: 'unsupported' as const, reason: `${absent.endpoint} is absent: ${absent.reason ?? ''}` }
      : verdictOf({
          observations: !isRefused ? observations : observations.filter(({ id }) => asked.has(id) || !aboutRefusals.has(id)),
          harnessFault: fault && `${fault.check}: ${fault.message}`,
          unusable: broken,
          refusal,
          unfinished,
        })
    const last = exchanges[exchanges.length - 1]
    return {
      probe: probe.id,
      title: probe.title,
      capability: probe.capability,
      ...verdict,
      ...(unfinished ? { unfinished } : {}),
      ...(verdict.verdict === 'unsupported' && isRefused && streamOnly ? { streamOnly } : {}),
      attempts: attempt,
      requests: exchanges.length,
      durationMs: last ? Math.round(endOf(last) - (exchanges[0]?.request.sentAtMs ?? 0)) : 0,
      requirements: Object.fromEntries(observations.map(({ id, observation }) => [id, observation])),
      findings: [],
    }
  }
}

/** A request that was refused before anybody looked at what is wrong with it. */
const asMeantWell = ({ breaks: _, ...view }: View): View => view

const isSuccess = ({ breaks, response: { status } }: View): boolean => breaks === undefined && status >= 200 && status <= 299

/** Every step up to this one was answered. */
const isReached = (views: readonly View[], { step }: Exchange): boolean => views.length === step + 1

const isThrottled = ({ outcome }: Exchange): boolean => outcome.kind === 'response' && (outcome.status === 429 || outcome.status === 503)

/** Where no generation endpoint answers at all, nothing is refused honestly: nothing can be tested. */
const unanswered = (probe: Probe, { endpoints }: Facts): string | undefined => {
  if (endpoints.some(({ presence }) => presence === 'answered')) return undefined
  const own = endpoints.find(({ endpoint }) => probe.steps.some((step) => step.endpoint === endpoint))
  return own && `${own.endpoint} ${own.reason ?? 'did not answer'}`
}

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
