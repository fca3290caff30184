import type { Target } from '../target/target.ts'
import { valueAt } from '../transcript/capture.ts'
import { toView } from '../transcript/view.ts'
import type { Lone } from '../transport/connection.ts'
import type { Transport } from '../transport/send.ts'
import type { Exchange, Probe, Trait } from '../types.ts'
import { createRecorder, type Recorder } from './exchange.ts'
import { type Bindings, MissingCapture } from './fill.ts'
import { knownTraits } from './known-traits.ts'
import type { FoundTrait } from './preflight.ts'
import { buildRequest, wellFormed } from './request.ts'
import { windowOf } from './window.ts'

export interface StateInput {
  readonly target: Target
  readonly transport: Transport
  readonly onExchange: (exchange: Exchange) => void
  readonly signal: AbortSignal
  readonly maxRequests?: number
  /** Random letters; handed in so that tests can repeat a run. */
  readonly random: (length: number) => string
}

/** What one run knows and shares between probes. */
export interface State {
  readonly input: StateInput
  readonly recorder: Recorder
  readonly found: FoundTrait[]
  readonly traits: () => Trait[]
  readonly sent: () => number
  /** Why nothing may be sent any more. */
  readonly halted: () => string | undefined
}

/** Why probes are skipped behind `--max-requests`. */
export const budgetSpent = 'the budget of requests is used up'

export const createState = (input: StateInput): State => {
  const { target, signal, maxRequests } = input
  const found = knownTraits(target)
  let sent = 0
  const exhausted = () => maxRequests !== undefined && sent >= maxRequests
  const recorder = createRecorder({
    target,
    transport: input.transport,
    onExchange: input.onExchange,
    signal,
    admit: () => {
      if (exhausted()) return false
      sent++
      return true
    },
  })
  return {
    input,
    recorder,
    found,
    traits: () => found.map(({ name }) => name),
    sent: () => sent,
    halted: () => (signal.aborted ? 'interrupted' : exhausted() ? budgetSpent : undefined),
  }
}

/** The names of one attempt; what its steps capture is added to them. */
export type Names = Map<string, unknown>

export const newNames = ({ input }: State): Names => {
  const { chat, embeddings = chat } = input.target.models
  return new Map<string, unknown>([
    ['model.chat', chat],
    ['model.chat-encoded', encodeURIComponent(wellFormed(chat))],
    ['model.embeddings', embeddings],
    // known only beside a model that embeds: then it is expected to do nothing but chat
    ...(embeddings === chat ? [] : ([['model.chat-only', chat]] as const)),
    ['nonce', input.random(16)],
    ['model.window', input.target.contextWindow],
    ['prompt.blocked', input.target.blockedPrompt],
  ])
}

export interface StepOptions {
  readonly attempt: number
  readonly names: Names
  /** Which of several copies that are sent at once. */
  readonly copy?: number
  /** The connection that all steps of a probe share. */
  readonly line?: Lone
  /** The first request to a model that may have to be loaded. */
  readonly first?: boolean
  /** Asks for a stream in place of what the step asks for. */
  readonly streamed?: boolean
}

/** @returns undefined when nothing was sent: an earlier answer lacked what the step needs, or the run has ended */
export const sendStep = async (
  probe: Probe,
  index: number,
  { attempt, names, copy, line, first = false, streamed = false }: StepOptions,
  state: State,
): Promise<Exchange | undefined> => {
  const step = probe.steps[index]
  if (!step || state.halted() !== undefined) return undefined
  const { target, random } = state.input
  const bindings: Bindings = { traits: new Set(state.traits()), names, random }
  try {
    const asked = streamed ? { ...step, body: { ...(step.body as object | undefined), stream: true } } : step
    const outgoing = buildRequest(asked, target, bindings, first ? target.limits.firstHeadersMs : target.limits.headersMs)
    const address = { probe: probe.id, attempt, step: index, ...(copy === undefined ? {} : { copy }), auth: step.auth }
    return await state.recorder.record(address, outgoing, line)
  } catch (error) {
    if (error instanceof MissingCapture) return undefined
    throw error
  }
}

/** Half a call is no history to go on with: a server may well choke on its arguments. */
const lastOf = (list: unknown): unknown => (Array.isArray(list) ? list.at(-1) : undefined)

const endsInsideCall = (completion: unknown): boolean => {
  // half an input is left out of the block, or was made whole by the server
  if (valueAt(completion, '/stop_reason') === 'max_tokens') return valueAt(lastOf(valueAt(completion, '/content')), '/type') === 'tool_use'
  const call =
    valueAt(completion, '/choices/0/finish_reason') === 'length'
      ? valueAt(lastOf(valueAt(completion, '/choices/0/message/tool_calls')), '/function')
      : undefined
  const text = valueAt(call, '/arguments')
  if (typeof text !== 'string') return false
  try {
    JSON.parse(text)
    return false
  } catch {
    return true
  }
}

/** What later steps need from this answer: values of the folded completion, so that JSON and stream are alike. */
export const capture = (probe: Probe, index: number, exchange: Exchange, names: Names): void => {
  // what the user says of the window counts more than what a list says
  if (exchange.request.endpoint === 'GET /models' && names.get('model.window') === undefined)
    names.set('model.window', windowOf(toView(exchange, () => [])?.json, names.get('model.chat')))
  const wanted = Object.entries(probe.steps[index]?.capture ?? {})
  if (wanted.length === 0) return
  const completion = toView(exchange, () => [])?.completion
  if (endsInsideCall(completion)) return
  for (const [name, pointer] of wanted) {
    const value = valueAt(completion, pointer)
    if (value !== undefined) names.set(name, value)
  }
}
