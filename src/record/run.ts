import { traitsHold } from '../judge/evaluate.ts'
import { type Facts, gatherFacts } from '../judge/presence.ts'
import { capOf } from '../plan/budget.ts'
import type { Endpoint, Exchange, Probe } from '../types.ts'
import { type Begun, sendBaseline, whyUseless } from './baseline.ts'
import type { FoundTrait } from './preflight.ts'
import { capture, createState, newNames, type State, type StateInput, type StepOptions, sendStep } from './state.ts'

export interface RunInput extends StateInput {
  readonly probes: readonly Probe[]
  /** Whether another attempt could still show something; the judge's own opinion. */
  readonly worthAnotherAttempt: (probe: Probe, exchanges: readonly Exchange[], facts: Facts) => boolean
  readonly onTraits: (traits: readonly FoundTrait[]) => void
  readonly onProbe: (event: { probe: Probe; state: 'started' | 'ended' | 'skipped'; reason?: string }) => void
}

export interface RunResult {
  readonly traits: readonly FoundTrait[]
  readonly skipped: Readonly<Record<string, string>>
  readonly exchanges: number
}

/**
 * Walks a plan: baselines first, since they find traits and tell whether an endpoint is there; then the rest, `jobs` at a time.
 * Only two things steer it: another attempt while something expected is unobserved, and an endpoint without baseline.
 */
export const runProbes = async (input: RunInput): Promise<RunResult> => {
  const { probes, onProbe } = input
  const state = createState(input)
  const skipped: Record<string, string> = {}
  const skip = (probe: Probe, reason: string) => {
    skipped[probe.id] = reason
    onProbe({ probe, state: 'skipped', reason })
  }

  const { begun, useless } = await sendBaselines(input, state)
  input.onTraits(state.found)

  const facts = gatherFacts(
    [...begun.values()].flatMap(({ exchanges }) => exchanges),
    probes,
    state.traits(),
  )
  const obstacle = obstacles(facts)
  const queue = longestFirst(probes).filter((probe) => {
    const reason = state.halted() ?? useless ?? obstacle(probe)
    if (reason === undefined) return true
    if (begun.has(probe.id)) onProbe({ probe, state: 'ended' })
    else skip(probe, reason)
    return false
  })
  const work = async (list: Probe[]) => {
    for (let probe = list.shift(); probe; probe = list.shift()) {
      const reason = begun.has(probe.id) ? undefined : state.halted()
      if (reason !== undefined) skip(probe, reason)
      else await runProbe(probe, state, begun.get(probe.id), facts, input)
    }
  }
  // what is sent several times at once comes last and alone: so it is at once, and no burst beyond `jobs`
  const bursts = queue.filter(({ parallel }) => parallel !== undefined)
  const others = queue.filter(({ parallel }) => parallel === undefined)
  await Promise.all(Array.from({ length: Math.max(1, input.target.jobs) }, () => work(others)))
  await work(bursts)
  return { traits: state.found, skipped, exchanges: state.sent() }
}

/** All at once: waiting for one model to load is enough. What one finds the others learn at their next attempt. */
const sendBaselines = async (
  { probes, onProbe }: RunInput,
  state: State,
): Promise<{ begun: Map<string, Begun>; useless: string | undefined }> => {
  const begun = new Map<string, Begun>()
  await Promise.all(
    probes
      .filter(({ baseline }) => baseline)
      .map(async (probe) => {
        if (state.halted() !== undefined) return
        onProbe({ probe, state: 'started' })
        const sent = await sendBaseline(probe, state)
        if (sent.exchanges.length > 0) begun.set(probe.id, sent)
      }),
  )
  const all = [...begun.values()]
  // where one endpoint answers, the trouble of another is its own
  if (all.some(({ exchanges }) => isAnswered(exchanges))) return { begun, useless: undefined }
  return { begun, useless: all.map(({ exchanges }) => whyUseless(exchanges.at(-1))).find((reason) => reason !== undefined) }
}

const isAnswered = (exchanges: readonly Exchange[]): boolean =>
  exchanges.some(({ outcome }) => outcome.kind === 'response' && outcome.status >= 200 && outcome.status < 300)

/** A request without output takes about as long as this many tokens of one. */
const requestWeight = 20

/** Long chains started late would keep everything waiting at the end. The order of reports does not depend on it. */
const longestFirst = (probes: readonly Probe[]): Probe[] => {
  const length = ({ steps }: Probe) => steps.reduce((sum, { body }) => sum + requestWeight + capOf(body), 0)
  return [...probes].sort((one, other) => length(other) - length(one))
}

/** Why a probe makes no sense after what the baselines showed. */
const obstacles = (facts: Facts): ((probe: Probe) => string | undefined) => {
  const dead = new Set<Endpoint>(facts.endpoints.filter(({ presence }) => presence !== 'answered').map(({ endpoint }) => endpoint))
  const allDead = dead.size > 0 && dead.size === facts.endpoints.length
  return ({ steps, requires }) => {
    const missing = steps.find(({ endpoint }) => dead.has(endpoint))?.endpoint
    if (missing !== undefined) return `no baseline: ${missing} did not answer`
    if (allDead) return 'no baseline: no endpoint answered'
    // what a run finds out only later cannot be asked for yet
    const unmet = requires.filter((name) => !/^!?(tools|single-model)$/.test(name) && !traitsHold([name], facts.traits))
    return unmet.length === 0 ? undefined : `needs ${unmet.join(', ')}`
  }
}

const runProbe = async (probe: Probe, state: State, begun: Begun | undefined, facts: Facts, input: RunInput): Promise<void> => {
  const exchanges = [...(begun?.exchanges ?? [])]
  const first = exchanges.at(-1)?.attempt ?? 1
  if (!begun) input.onProbe({ probe, state: 'started' })
  for (let attempt = first; attempt < first + probe.attempts; attempt++) {
    exchanges.push(...(await runAttempt(probe, attempt, attempt === first ? begun : undefined, state)))
    const last = attempt === first + probe.attempts - 1
    if (last || state.halted() !== undefined || !input.worthAnotherAttempt(probe, exchanges, facts)) break
  }
  input.onProbe({ probe, state: 'ended' })
}

/** All steps once, or as often at once as the probe asks for. */
const runAttempt = async (probe: Probe, attempt: number, begun: Begun | undefined, state: State): Promise<Exchange[]> => {
  const copies = probe.parallel ?? 1
  if (copies > 1) return runCopies(probe, attempt, copies, state)
  const line = probe.connection === 'same' ? state.input.transport.alone?.() : undefined
  try {
    return await runSteps(probe, { attempt, names: begun?.names ?? newNames(state), ...(line && { line }) }, begun, state)
  } finally {
    await line?.close()
  }
}

/** No more of them at a time than `--jobs` allows. In the order of a transcript: the copies of a step stand together. */
const runCopies = async (probe: Probe, attempt: number, copies: number, state: State): Promise<Exchange[]> => {
  const queue = Array.from({ length: copies }, (_, index) => index + 1)
  const exchanges: Exchange[] = []
  const work = async () => {
    for (let copy = queue.shift(); copy !== undefined; copy = queue.shift())
      exchanges.push(...(await runSteps(probe, { attempt, copy, names: newNames(state) }, undefined, state)))
  }
  await Promise.all(Array.from({ length: Math.min(copies, Math.max(1, state.input.target.jobs)) }, work))
  return exchanges.sort((one, other) => one.step - other.step || (one.copy ?? 0) - (other.copy ?? 0))
}

const runSteps = async (probe: Probe, options: StepOptions, begun: Begun | undefined, state: State): Promise<Exchange[]> => {
  const exchanges: Exchange[] = []
  const done = begun?.exchanges.at(-1)
  if (done) capture(probe, 0, done, options.names)
  for (let step = done ? 1 : 0; step < probe.steps.length; step++) {
    const exchange = await sendStep(probe, step, options, state)
    if (!exchange) break
    exchanges.push(exchange)
    capture(probe, step, exchange, options.names)
    if (exchange.outcome.kind === 'failure') break
  }
  return exchanges
}
