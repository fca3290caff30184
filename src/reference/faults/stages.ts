import type { Answer, Call, Fault, Json, Kind, Speech, SpokenCall, Stages, StreamEvent, Wire } from '../exchange.ts'
import { errorAnswer } from '../refusal.ts'

/**
 * Words to declare a fault in one line: a name, the requirement that it breaks, what it bends, and where.
 * Each of the functions below narrows one stage to the answers that a fault is about.
 */
export const fault = (name: string, breaks: string, bends: string, ...stages: readonly Stages[]): Fault =>
  Object.assign({ name, breaks, bends }, ...stages)

/** The same for what only a model that thinks can show. */
export const thinkingFault = (name: string, breaks: string, bends: string, ...stages: readonly Stages[]): Fault => ({
  ...fault(name, breaks, bends, ...stages),
  model: 'reference-thinking',
})

export const onCall = (bend: (call: Call) => Answer | undefined): Stages => ({ call: (call) => bend(call) ?? undefined })

const isPath = (call: Call, path: string): boolean => call.target.split('?', 1)[0] === `/v1${path}`

const onBody =
  (path: string) =>
  (bend: (body: Json, call: Call) => Answer | undefined): Stages => ({
    request: (body, call) => (isPath(call, path) ? (bend(body, call) ?? undefined) : undefined),
  })

export const onChatRequest = onBody('/chat/completions')
export const onResponsesRequest = onBody('/responses')

/** A request that should have worked is answered with 400. */
export const refuses = (path: string, when: (body: Json, call: Call) => boolean, param: string, code = 'unsupported_value'): Stages =>
  onBody(path)((body, call) => (when(body, call) ? errorAnswer(`'${param}' is not supported here.`, { param, code }) : undefined))

export const refusesChat = (when: (body: Json) => boolean, param: string): Stages => refuses('/chat/completions', when, param)
export const refusesResponses = (when: (body: Json) => boolean, param: string): Stages => refuses('/responses', when, param)

/** The messages of a chat request, changed before they are read. */
export const onMessages = (bend: (messages: Json[], body: Json) => Json[]): Stages =>
  onChatRequest((body) => {
    if (Array.isArray(body.messages)) body.messages = bend(body.messages, body)
  })

export const onSpeech = (bend: (speech: Speech, call: Call) => void): Stages => ({ speech: bend })

export const onSpokenCalls = (bend: (calls: SpokenCall[], speech: Speech, call: Call) => void): Stages => ({
  speech: (speech, call) => {
    if (speech.calls.length > 0 && speech.finish === 'tool_calls') bend(speech.calls, speech, call)
  },
})

export const onAnswer = (kinds: readonly Kind[], bend: (answer: Answer, call: Call) => void): Stages => ({
  answer: (answer, call) => {
    if (kinds.includes(answer.kind)) bend(answer, call)
  },
})

/** Arguments as a value; those that the cap has cut are left as they are. */
export const parsedArguments = (text: string): Json => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const onBodyOf =
  (...kinds: readonly Kind[]) =>
  (bend: (body: Json, call: Call) => void): Stages =>
    onAnswer(kinds, (answer, call) => bend(answer.body, call))

export const onChat = onBodyOf('chat')
export const onModels = onBodyOf('models')
export const onModel = onBodyOf('model')
export const onResponse = onBodyOf('response')

export const onChoice = (bend: (choice: Json, call: Call) => void): Stages =>
  onChat((body, call) => {
    for (const choice of body.choices) bend(choice, call)
  })

export const onMessage = (bend: (message: Json, choice: Json) => void): Stages => onChoice((choice) => bend(choice.message, choice))

export const onToolCall = (bend: (call: Json, index: number) => void): Stages =>
  onMessage((message) => {
    for (const [index, call] of (message.tool_calls ?? []).entries()) bend(call, index)
  })

/** The usage of a chat reply, streamed or not. */
export const onUsage = (bend: (usage: Json, call: Call) => void): Stages => ({
  answer: (answer, call) => {
    if (answer.kind === 'chat') bend(answer.body.usage, call)
  },
  events: (events, call, kind) => {
    if (kind !== 'chat-stream') return undefined
    for (const { data } of events) if (data.usage) bend(data.usage, call)
    return undefined
  },
})

export const onError = (bend: (answer: Answer, error: Json, call: Call) => void): Stages =>
  onAnswer(['error'], (answer, call) => {
    if (answer.body?.error) bend(answer, answer.body.error, call)
  })

/** Errors about one thing: a member path or its beginning, `path`, `method`, `media-type`, `json`, `key`, `model`. */
export const onErrorAbout = (about: string | readonly string[], bend: (answer: Answer, error: Json, call: Call) => void): Stages =>
  onError((answer, error, call) => {
    if ([about].flat().some((name) => answer.about.startsWith(name))) bend(answer, error, call)
  })

/** The same error with another status. */
export const statusOf = (about: string | readonly string[], status: number): Stages =>
  onErrorAbout(about, (answer) => {
    answer.status = status
  })

/** A server that fell over instead of refusing. */
export const crashesOn = (about: string | readonly string[]): Stages =>
  onErrorAbout(about, (answer, error) => {
    answer.status = 500
    Object.assign(error, { message: 'Internal server error', type: 'server_error', param: null, code: null })
  })

const onEventsOf =
  (wanted: Kind) =>
  (bend: (events: StreamEvent[], call: Call) => StreamEvent[] | undefined): Stages => ({
    events: (events, call, kind) => (kind === wanted ? (bend(events, call) ?? undefined) : undefined),
  })

export const onChatEvents = onEventsOf('chat-stream')
export const onResponseEvents = onEventsOf('response-stream')

export const isDone = (event: StreamEvent): boolean => event.data === '[DONE]'

/** Every chunk, the usage chunk included. */
export const onChunk = (bend: (chunk: Json, index: number, chunks: Json[]) => void): Stages =>
  onChatEvents((events) => {
    const chunks = events.filter((event) => !isDone(event)).map((event) => event.data)
    for (const [index, chunk] of chunks.entries()) bend(chunk, index, chunks)
  })

/** Every choice entry of every chunk. */
export const onEntry = (bend: (entry: Json, chunk: Json, index: number) => void): Stages =>
  onChunk((chunk, index) => {
    for (const entry of chunk.choices) bend(entry, chunk, index)
  })

export const onFinish = (bend: (entry: Json, chunk: Json) => void): Stages =>
  onEntry((entry, chunk) => {
    if (entry.finish_reason !== null) bend(entry, chunk)
  })

/** Every tool-call delta; `position` counts the deltas of one call from its head, which is 0. */
export const onToolDelta = (bend: (delta: Json, isHead: boolean, position: number) => void): Stages =>
  onChatEvents((events) => {
    let position = 0
    for (const { data } of events) {
      for (const entry of data.choices ?? []) {
        for (const delta of entry.delta.tool_calls ?? []) {
          position = delta.id ? 0 : position + 1
          bend(delta, delta.id !== undefined, position)
        }
      }
    }
  })

/** Where the finish of a stream is; the end when there is none. */
export const finishAt = (events: readonly StreamEvent[]): number => {
  const at = events.findIndex(({ data }) => data.choices?.some((entry: Json) => entry.finish_reason !== null))
  return at < 0 ? events.length : at
}

/** A chunk like another one, with one choice of its own. */
export const chunkLike = (event: StreamEvent, delta: Json, finish_reason: string | null = null): StreamEvent => ({
  data: { ...event.data, choices: [{ index: 0, delta, logprobs: null, finish_reason }] },
})

/** Events of one type of a Responses stream. */
export const onEvents = (types: string | readonly string[], bend: (data: Json, event: StreamEvent) => void): Stages =>
  onResponseEvents((events) => {
    for (const event of events) if ([types].flat().includes(event.data.type)) bend(event.data, event)
  })

const terminals = ['response.completed', 'response.incomplete', 'response.failed']

export const isTerminal = (event: StreamEvent): boolean => terminals.includes(event.data.type)

/** The response object of the last event. */
export const onTerminal = (bend: (response: Json, event: StreamEvent) => void): Stages =>
  onEvents(terminals, (data, event) => bend(data.response, event))

/** The same list without some events, numbered anew, so that nothing but their absence shows. */
export const without = (drop: (event: StreamEvent) => boolean): Stages =>
  onResponseEvents((events) => renumbered(events.filter((event) => !drop(event))))

export const renumbered = (events: StreamEvent[]): StreamEvent[] => {
  for (const [index, event] of events.entries()) event.data.sequence_number = index
  return events
}

export const onWire = (kinds: readonly Kind[], bend: (wire: Wire, call: Call) => void): Stages => ({
  wire: (wire, call, kind) => {
    if (kinds.includes(kind)) bend(wire, call)
  },
})

export const streams: readonly Kind[] = ['chat-stream', 'response-stream']
export const replies: readonly Kind[] = ['chat', 'response']

/** Every write of a stream as text: normally one event each. */
export const onPieces = (kinds: readonly Kind[], bend: (text: string, index: number, count: number) => string | Uint8Array): Stages =>
  onWire(kinds, (wire) => {
    const count = wire.pieces.length
    wire.pieces = wire.pieces.map((piece, index) => Buffer.from(bend(Buffer.from(piece).toString('utf8'), index, count)))
    if (wire.headers['content-length'] !== undefined) {
      wire.headers['content-length'] = String(wire.pieces.reduce((sum, piece) => sum + piece.length, 0))
    }
  })
