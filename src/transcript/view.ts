import { codingOf } from '../coding.ts'
import { decodeStream } from '../sse/decode.ts'
import type { Exchange, Headers, JsonObject, Response, ShapeViolation, SseEvent, View } from '../types.ts'
import { foldChat } from './fold/chat.ts'
import { foldCompletions } from './fold/completions.ts'
import { foldMessages } from './fold/messages.ts'
import { foldResponses } from './fold/responses.ts'
import { streamLimit } from './stream-limit.ts'

/** What the schemas say of an answer; handed in, because the view knows no schemas. */
export type JudgeShape = (answer: Omit<View, 'shape'>) => readonly ShapeViolation[]

/**
 * Decodes an exchange once for all checks. Total: nothing an endpoint sends makes it throw.
 * @param breaks the request member that the probe broke on purpose, when it did
 * @returns undefined when there was no response
 */
export const toView = (exchange: Exchange, shapeOf: JudgeShape, breaks?: string): View | undefined => {
  const { outcome, request } = exchange
  if (outcome.kind !== 'response') return undefined
  const asked = parseJson(request.body)
  const mediaType = mediaTypeOf(outcome.headers)
  const body = decompress(outcome)
  const streamed = isStream(mediaType, outcome, asked, body)
  const decoded = streamed ? decodeStream(body, outcome.reads, streamLimit(request.endpoint)) : undefined
  const { events, framing, stopped } = decoded ?? { events: [] }
  const response = stopped === undefined ? outcome : { ...outcome, end: 'stopped' as const, endReason: stopped }
  const json = streamed ? undefined : parseJson(body)
  const answer = {
    probe: exchange.probe,
    attempt: exchange.attempt,
    step: exchange.step,
    ...(exchange.copy === undefined ? {} : { copy: exchange.copy }),
    sentAtMs: request.sentAtMs,
    ...(request.connection === undefined ? {} : { connection: request.connection }),
    auth: exchange.auth,
    endpoint: request.endpoint,
    ...(breaks === undefined ? {} : { breaks }),
    requestHeaders: request.headers,
    request: asked,
    response,
    mediaType,
    streamed,
    body,
    events,
    ...(framing === undefined ? {} : { framing }),
    json,
    completion: streamed ? fold(request.endpoint, events) : json,
  }
  return { ...answer, shape: shapeOf(answer) }
}

/** The view without what grows with the body; for checks that look at a whole run. */
export const withoutBody = (view: View): View => ({
  ...view,
  events: [],
  body: new Uint8Array(),
  response: { ...view.response, body: new Uint8Array(), reads: { atMs: [], ends: [] } },
})

const fold = (endpoint: string, events: readonly SseEvent[]): unknown =>
  endpoint.endsWith(' /responses')
    ? foldResponses(events)
    : endpoint.endsWith(' /completions')
      ? foldCompletions(events)
      : endpoint.endsWith(' /messages')
        ? foldMessages(events)
        : foldChat(events)

const parseJson = (bytes: Uint8Array): unknown => {
  if (bytes.byteLength === 0) return undefined
  try {
    return JSON.parse(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
        .toString('utf8')
        .replace(/^\uFEFF/, ''),
    ) as unknown
  } catch {
    return undefined
  }
}

const mediaTypeOf = (headers: Headers): string =>
  (headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1].split(';')[0] ?? '').trim().toLowerCase()

/** A wrong label is a finding of its own and must not hide the stream behind it. */
const isStream = (mediaType: string, response: Response, asked: unknown, body: Uint8Array): boolean => {
  if (mediaType === 'text/event-stream') return true
  if (response.status < 200 || response.status > 299 || (asked as JsonObject | undefined)?.stream !== true) return false
  return /^(\xEF\xBB\xBF)?\s*(data|event|id|retry)?:/.test(Buffer.from(body.subarray(0, 64)).toString('latin1'))
}

/** An endpoint may compress unasked; its label is then judged, its content still read, within the limit of a body. */
const decompress = ({ headers, body, end }: Response): Uint8Array => {
  try {
    return codingOf(headers)?.open(body, end !== 'complete') ?? body
  } catch {
    // labelled compressed, but is not: read as it came
    return body
  }
}
