import { toView } from '../transcript/view.ts'
import type { AnyCheck, Auth, Connection, End, Endpoint, Headers, Reads, ShapeViolation, Trait, View } from '../types.ts'
import { assertSound } from './sound.ts'

export interface Options {
  readonly request?: Readonly<Record<string, unknown>>
  readonly requestHeaders?: Headers
  readonly status?: number
  readonly headers?: Headers
  readonly end?: End
  readonly endReason?: string
  readonly reads?: Reads
  readonly endAtMs?: number
  readonly breaks?: string
  readonly auth?: Auth
  readonly probe?: string
  readonly attempt?: number
  readonly step?: number
  readonly copy?: number
  readonly sentAtMs?: number
  readonly connection?: Connection
  readonly shape?: readonly ShapeViolation[]
  readonly url?: string
  /** Text of a JSON body, when it matters how it is written. */
  readonly text?: string
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A view made by the real decoder from a body as it would arrive. */
export const raw = (endpoint: Endpoint, body: string | Uint8Array, options: Options = {}): View => {
  const bytes = typeof body === 'string' ? encode(body) : body
  const view = toView(
    {
      probe: options.probe ?? 'suite/probe',
      attempt: options.attempt ?? 1,
      step: options.step ?? 0,
      ...(options.copy === undefined ? {} : { copy: options.copy }),
      try: 1,
      auth: options.auth ?? 'target',
      request: {
        endpoint,
        url: options.url ?? `http://127.0.0.1:1/v1${endpoint.slice(endpoint.indexOf('/'))}`,
        headers: options.requestHeaders ?? [['content-type', 'application/json']],
        body: options.request === undefined ? new Uint8Array() : encode(JSON.stringify(options.request)),
        sentAtMs: options.sentAtMs ?? 0,
        ...(options.connection === undefined ? {} : { connection: options.connection }),
      },
      outcome: {
        kind: 'response',
        status: options.status ?? 200,
        headers: options.headers ?? [],
        body: bytes,
        reads: options.reads ?? { atMs: [1], ends: [bytes.byteLength] },
        end: options.end ?? 'complete',
        ...(options.endReason === undefined ? {} : { endReason: options.endReason }),
        headersAtMs: 1,
        endAtMs: options.endAtMs ?? 1,
      },
    },
    () => options.shape ?? [],
    options.breaks,
  )
  if (!view) throw new Error('a response always has a view')
  return view
}

const chatRequest = { model: 'm', messages: [{ role: 'user', content: 'Hi.' }] }
const eventStream: Headers = [['content-type', 'text/event-stream']]

/** A streamed chat completion: objects are sent as JSON, strings as they are (`[DONE]`). */
export const chatStream = (chunks: readonly (object | string)[], options: Options = {}): View =>
  raw('POST /chat/completions', chunks.map((chunk) => `data: ${typeof chunk === 'string' ? chunk : JSON.stringify(chunk)}\n\n`).join(''), {
    headers: eventStream,
    ...options,
    request: { ...chatRequest, stream: true, ...options.request },
  })

/** A streamed Responses answer: each object under the event name of its type. */
export const responsesStream = (events: readonly (object | string)[], options: Options = {}): View =>
  raw(
    'POST /responses',
    events
      .map((event) =>
        typeof event === 'string'
          ? `data: ${event}\n\n`
          : `event: ${(event as { type?: string }).type}\ndata: ${JSON.stringify(event)}\n\n`,
      )
      .join(''),
    { headers: eventStream, ...options, request: { model: 'm', input: 'Hi.', stream: true, ...options.request } },
  )

/** An answer that is not streamed. */
export const json = (endpoint: Endpoint, body: unknown, options: Options = {}): View =>
  raw(endpoint, options.text ?? JSON.stringify(body), {
    headers: [['content-type', 'application/json']],
    ...options,
    ...(endpoint.startsWith('GET ')
      ? {}
      : { request: { ...(endpoint.endsWith('/chat/completions') ? chatRequest : { model: 'm' }), ...options.request } }),
  })

/** What a check says, in one line for `toEqual`: `held`, `unobserved`, or the sorted codes; notes follow as `note:code`. */
export const judged = (
  check: AnyCheck,
  views: View | readonly [View, ...View[]],
  args?: unknown,
  traits: readonly Trait[] = [],
  declared = false,
): string[] => {
  const list = (Array.isArray(views) ? views : [views]) as [View, ...View[]]
  const context = { requirement: 'some.requirement', traits: new Set(traits), declared }
  const outcome = check.judge(list, args, context)
  assertSound(check, list, args, context, outcome)
  if (outcome.kind === 'violated') return outcome.violations.map(({ code }) => code).sort()
  if (outcome.kind === 'unobserved') return ['unobserved']
  return ['held', ...(outcome.notes ?? []).map(({ code }) => `note:${code}`)]
}
