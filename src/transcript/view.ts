import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { decodeStream } from '../sse/decode.ts'
import type { Exchange, Headers, JsonObject, Response, ShapeViolation, SseEvent, View } from '../types.ts'
import { foldChat } from './fold/chat.ts'
import { foldCompletions } from './fold/completions.ts'
import { foldMessages } from './fold/messages.ts'
import { foldResponses } from './fold/responses.ts'

/** What the schemas say of an answer; handed in, because the view knows no schemas. */
export type JudgeShape = (answer: Omit<View, 'shape'>) => readonly ShapeViolation[]

const maxDecompressed = 64 * 1024 * 1024

/**
 * Decodes an exchange once for all checks. Total: nothing an endpoint sends makes it throw.
 * @param breaks the request member that the probe broke on purpose, when it did
 * @returns undefined when there was no response
 */
export const toView = (exchange: Exchange, shapeOf: JudgeShape, breaks?: string): View | undefined => {
  const { outcome: response, request } = exchange
  if (response.kind !== 'response') return undefined
  const asked = parseJson(request.body)
  const mediaType = mediaTypeOf(response.headers)
  const body = decompress(response)
  const streamed = isStream(mediaType, response, asked, body)
  const { events, framing } = streamed ? decodeStream(body, response.reads) : { events: [], framing: undefined }
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

const headerOf = (headers: Headers, name: string): string => headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? ''

const mediaTypeOf = (headers: Headers): string => (headerOf(headers, 'content-type').split(';')[0] ?? '').trim().toLowerCase()

/** A wrong label is a finding of its own and must not hide the stream behind it. */
const isStream = (mediaType: string, response: Response, asked: unknown, body: Uint8Array): boolean => {
  if (mediaType === 'text/event-stream') return true
  if (response.status < 200 || response.status > 299 || (asked as JsonObject | undefined)?.stream !== true) return false
  return /^(\xEF\xBB\xBF)?\s*(data|event|id|retry)?:/.test(Buffer.from(body.subarray(0, 64)).toString('latin1'))
}

/** An endpoint may compress unasked; its label is then judged, its content still read, within the limit of a body. */
const decompress = ({ headers, body, end }: Response): Uint8Array => {
  const coding = headerOf(headers, 'content-encoding').trim().toLowerCase()
  // of a cut body is read what it holds up to the cut
  const flush = (mode: number) => ({ maxOutputLength: maxDecompressed, ...(end === 'complete' ? {} : { finishFlush: mode }) })
  const options = flush(constants.Z_SYNC_FLUSH)
  try {
    if (coding === 'gzip' || coding === 'x-gzip') return gunzipSync(body, options)
    // RFC 9110 section 8.4.1.2: some senders leave out the zlib wrapper
    if (coding === 'deflate') return ((body[0] ?? 8) & 15) === 8 ? inflateSync(body, options) : inflateRawSync(body, options)
    if (coding === 'br') return brotliDecompressSync(body, flush(constants.BROTLI_OPERATION_FLUSH))
  } catch {
    // labelled compressed, but is not: read as it came
  }
  return body
}
