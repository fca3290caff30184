import type { Facts } from '../judge/presence.ts'
import { gatherFacts } from '../judge/presence.ts'
import { traitsHold } from '../judge/evaluate.ts'
import type { Target } from '../target/target.ts'
import type { Transport } from '../transport/send.ts'
import { toView } from '../transcript/view.ts'
import { valueAt } from '../transcript/capture.ts'
import type { Exchange, Probe, Trait } from '../types.ts'
import { createRecorder, type Recorder } from './exchange.ts'
import { MissingCapture } from './fill.ts'
import { cutBeforeAnswer, findTraits, type FoundTrait } from './preflight.ts'
import { buildRequest } from './request.ts'

export interface RunInput {
  readonly probes: readonly Probe[]
  readonly target: Target
  readonly transport: Transport
  /** Whether another attempt could still show something; the judge's own opinion. */
  readonly worthAnotherAttempt: (probe: Probe, exchanges: readonly Exchange[], facts: Facts) => boolean
  readonly onExchange: (exchange: Exchange) => void
  readonly onTraits: (traits: readonly FoundTrait[]) => void
  readonly onProbe: (event: { probe: Probe; state: 'started' | 'ended' | 'skipped'; reason?: string }) => void
  readonly signal: AbortSignal
  readonly maxRequests?: number
  /** Random letters; handed in so that tests can repeat a run. */
  readonly random: (length: number) => string
}

export interface RunResult {
  readonly traits: readonly FoundTrait[]
  readonly skipped: Readonly<Record<string, string>>
  readonly exchanges: number
}

/** Thrown by the recorder when the run may send no more. */
class BudgetUsed extends Error {}

/** Attempts of a baseline while the model's traits are being found. */
const preflightAttempts = 4

/**
 * Walks a plan: baselines first, since they find traits and tell whether an endpoint is there; then the rest, `jobs` at a time.
 * Only two things steer it: another attempt while something expected is unobserved, and an endpoint without baseline.
 */
export const runProbes = async (input: RunInput): Promise<RunResult> => {
  const { probes, target, onProbe, signal } = input
  const skipped: Record<string, string> = {}
  const skip = (probe: Probe, reason: string) => {
    skipped[probe.id] = reason
    onProbe({ probe, state: 'skipped', reason })
  }
  const state = createState(input)
  const begun = new Map<string, readonly Exchange[]>()
  let stopReason: string | undefined

  const baselines = probes.filter(({ baseline }) => baseline)
  for (const probe of baselines) {
    if (signal.aborted || stopReason !== undefined) break
    onProbe({ probe, state: 'started' })
    begun.set(probe.id, await preflight(probe, state))
    stopReason = whyUseless(begun.get(probe.id)?.at(-1))
  }
  input.onTraits(state.found)

  const facts = gatherFacts([...begun.values()].flat(), probes, state.traits())
  const dead = new Set(facts.endpoints.filter(({ presence }) => presence !== 'answered').map(({ endpoint }) => endpoint))
  const useless = baselines.length > 0 && dead.size === baselines.length
  const queue = probes.filter((probe) => {
    if (begun.has(probe.id)) {
      if (!dead.has(probe.steps[0]?.endpoint as Probe['steps'][0]['endpoint'])) return true
      onProbe({ probe, state: 'ended' })
      return false
    }
    const missing = probe.steps.find(({ endpoint }) => dead.has(endpoint))?.endpoint
    const reason = stopReason ?? (missing !== undefined || useless ? `no baseline: ${missing ?? 'no endpoint'} did not answer` : unmet(probe, facts))
    if (reason === undefined) return true
    skip(probe, reason)
    return false
  })
  const work = async () => {
    for (let probe = queue.shift(); probe; probe = queue.shift()) {
      if (signal.aborted) skip(probe, 'interrupted')
      else if (state.exhausted()) skip(probe, 'the budget of requests is used up')
      else await runProbe(probe, state, begun.get(probe.id) ?? [], facts)
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, target.jobs) }, work))
  return { traits: state.found, skipped, exchanges: state.sent() }
}

type State = ReturnType<typeof createState>

const createState = (input: RunInput) => {
  const found: FoundTrait[] = input.target.traits.map((name) => ({ name, how: 'declared' }))
  if (input.target.key !== undefined && input.target.auth !== 'none') found.push({ name: 'key', how: 'a key was given' })
  let sent = 0
  const exhausted = () => input.maxRequests !== undefined && sent >= input.maxRequests
  const recorder: Recorder = createRecorder({
    target: input.target,
    transport: input.transport,
    onExchange: input.onExchange,
    signal: input.signal,
    admit: () => {
      if (exhausted()) throw new BudgetUsed('the budget of requests is used up')
      sent++
    },
  })
  return {
    input,
    recorder,
    found,
    exhausted,
    sent: () => sent,
    traits: (): Trait[] => found.map(({ name }) => name),
  }
}

const unmet = (probe: Probe, { traits }: Facts): string | undefined => {
  // what a run finds out only later cannot be asked for yet
  const early = probe.requires.filter((name) => !['tools', '!tools', 'single-model', '!single-model'].includes(name))
  return traitsHold(early, traits) ? undefined : `needs ${early.join(', ')}`
}

/** A connection that cannot be made and a key that is refused make every further request useless. */
const whyUseless = (last: Exchange | undefined): string | undefined => {
  if (!last) return undefined
  if (last.outcome.kind === 'failure') return last.outcome.code === 'TIMEOUT' ? undefined : `the endpoint cannot be reached: ${last.outcome.message}`
  if (last.outcome.status === 401 || last.outcome.status === 403) return `the key was refused with ${last.outcome.status}`
  return undefined
}

/** Sends the first step of a baseline until it is answered as this model answers, or there is nothing left to change. */
const preflight = async (probe: Probe, state: State): Promise<readonly Exchange[]> => {
  const exchanges: Exchange[] = []
  let roomTried = false
  for (let attempt = 1; attempt <= preflightAttempts && !state.exhausted(); attempt++) {
    const exchange = await sendStep(probe, 0, attempt, state, bindingsOf(state), attempt === 1)
    if (!exchange) return exchanges
    exchanges.push(exchange)
    const traits = findTraits(exchange, new Set(state.traits()))
    state.found.push(...traits)
    const cut = cutBeforeAnswer(exchange)
    const refused = exchange.outcome.kind === 'response' && exchange.outcome.status >= 400
    if (refused ? traits.length === 0 : !cut || roomTried) break
    if (cut && traits.length === 0) {
      // nothing but the cut hints at thoughts: believe it only if the answer needs that room
      if (state.traits().includes('thinks')) break
      state.found.push({ name: 'thinks', how: 'the cap left no room for an answer' })
      roomTried = true
    }
  }
  return exchanges
}

const bindingsOf = ({ input, traits }: State): { names: Map<string, unknown>; traits: Set<Trait>; random: RunInput['random'] } => {
  const { chat } = input.target.models
  return {
    traits: new Set(traits()),
    random: input.random,
    names: new Map<string, unknown>([
      ['model.chat', chat],
      ['model.chat-encoded', encodeURIComponent(chat)],
      ['nonce', input.random(16)],
    ]),
  }
}

const runProbe = async (probe: Probe, state: State, begun: readonly Exchange[], facts: Facts): Promise<void> => {
  const { input } = state
  const exchanges = [...begun]
  const first = begun.at(-1)?.attempt ?? 1
  if (begun.length === 0) input.onProbe({ probe, state: 'started' })
  for (let attempt = first; attempt < first + probe.attempts; attempt++) {
    const bindings = bindingsOf(state)
    const done = attempt === first ? begun.at(-1) : undefined
    if (done) capture(probe, 0, done, bindings.names)
    for (let step = done ? 1 : 0; step < probe.steps.length; step++) {
      const exchange = await sendStep(probe, step, attempt, state, bindings, false)
      if (!exchange) break
      exchanges.push(exchange)
      capture(probe, step, exchange, bindings.names)
      if (exchange.outcome.kind === 'failure') break
    }
    if (input.signal.aborted || state.exhausted() || !input.worthAnotherAttempt(probe, exchanges, facts)) break
  }
  input.onProbe({ probe, state: 'ended' })
}

/** @returns undefined when the step cannot be filled because an earlier answer lacked what it needs */
const sendStep = async (probe: Probe, index: number, attempt: number, state: State, bindings: ReturnType<typeof bindingsOf>, first: boolean): Promise<Exchange | undefined> => {
  const step = probe.steps[index]
  if (!step || state.input.signal.aborted) return undefined
  const { target } = state.input
  try {
    const outgoing = buildRequest(step, target, bindings, first ? target.limits.firstHeadersMs : target.limits.headersMs)
    return await state.recorder.record({ probe: probe.id, attempt, step: index, auth: step.auth }, outgoing)
  } catch (error) {
    if (error instanceof MissingCapture || error instanceof BudgetUsed) return undefined
    throw error
  }
}

/** What later steps need from this answer: values of the folded completion, so that JSON and stream are alike. */
const capture = (probe: Probe, index: number, exchange: Exchange, names: Map<string, unknown>): void => {
  const wanted = Object.entries(probe.steps[index]?.capture ?? {})
  if (wanted.length === 0) return
  const completion = toView(exchange, () => [])?.completion
  for (const [name, pointer] of wanted) {
    const value = valueAt(completion, pointer)
    if (value !== undefined) names.set(name, value)
  }
}
