/** What passes between the stages of the reference endpoint, and what may bend it on the way. */

// biome-ignore lint/suspicious/noExplicitAny: a bend reaches anywhere into JSON, and what a client sends has no type
export type Json = any

export type KeyState = 'unneeded' | 'right' | 'wrong' | 'missing'

/** A request as taken in. Bends may change it before anything looks at it. */
export interface Call {
  method: string
  /** Path and query as sent. */
  target: string
  headers: Record<string, string>
  body: Uint8Array
  key: KeyState
  /** The key as presented; only a bend ever repeats it. */
  presented: string
  /** The parsed body, once there is one. */
  json?: Json
  /** The parsed body as it came, which replies echo even where a bend changed what they obey. */
  sent?: Json
  /** The models served; the first one answers when a bend serves any name. */
  readonly models: readonly string[]
  /** What a bend remembers from one request to the next, by its name. */
  readonly memory: Map<string, unknown>
}

export type Kind =
  | 'chat'
  | 'chat-stream'
  | 'response'
  | 'response-stream'
  | 'stored-response'
  | 'deleted-response'
  | 'input-items'
  | 'input-tokens'
  | 'completion'
  | 'completion-stream'
  | 'embeddings'
  | 'message'
  | 'message-stream'
  | 'message-error'
  | 'azure-error'
  | 'models'
  | 'model'
  | 'error'
  | 'preflight'

/** An answer as data, before it is written. */
export interface Answer {
  kind: Kind
  status: number
  headers: Record<string, string>
  /** Of an answer that is not a stream; absent for an empty body. */
  body?: Json
  events?: StreamEvent[]
  /** What an error is about: a member path, or `path`, `method`, `media-type`, `body`, `key`, `model`. */
  about: string
  /** Tokens produced, for the pace of answers that are not streamed. */
  tokens: number
}

export interface StreamEvent {
  event?: string
  /** A string is written as it is, anything else as JSON. */
  data: Json
}

/** An answer as bytes. */
export interface Wire {
  status: number
  headers: Record<string, string>
  /** One network write each. */
  pieces: Uint8Array[]
  /** Before the first byte of the body. */
  waitMs: number
  /** Between the last byte and the end of the body. */
  holdMs: number
  /** end: a proper end; cut: the socket is destroyed instead; drop: a proper end, then the socket goes without notice. */
  end: 'end' | 'cut' | 'drop'
}

/** What the model said to one choice. */
export interface Speech {
  reasoning: string
  /** null: nothing but calls. */
  content: string | null
  /** Words in which the model declined to answer in the form asked for; content is then null. */
  refusal?: string
  calls: SpokenCall[]
  finish: string
  completionTokens: number
  reasoningTokens: number
}

export interface SpokenCall {
  id: string
  name: string
  arguments: string
}

/** The places where an answer can be bent, in the order in which they are passed. */
export interface Stages {
  /** The request as it came; an answer given here is final. */
  readonly call?: (call: Call) => Answer | undefined
  /** The parsed body, before it is validated; an answer given here is final. */
  readonly request?: (body: Json, call: Call) => Answer | undefined
  /** What the model said, before it is dressed as a reply. */
  readonly speech?: (speech: Speech, call: Call) => void
  /** Status, headers and JSON body; for a stream, status and headers. */
  readonly answer?: (answer: Answer, call: Call) => void
  /** The events of a stream. A list given back replaces the old one. */
  readonly events?: (events: StreamEvent[], call: Call, kind: Kind) => StreamEvent[] | undefined
  /** The bytes. */
  readonly wire?: (wire: Wire, call: Call, kind: Kind) => void
}

/** A named departure from the plain correct endpoint. */
export interface Bend extends Stages {
  readonly name: string
  /** One sentence. */
  readonly bends: string
  /** Shows only with this model. */
  readonly model?: string
}

/** A bend that breaks a requirement. */
export interface Fault extends Bend {
  /** The id of the requirement that is broken. */
  readonly breaks: string
}
