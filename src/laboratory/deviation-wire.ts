import { STATUS_CODES } from 'node:http'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import type { ClientApi, Endpoint, Exchange } from '../types.ts'
import type { Answer } from './deviation.ts'
import { eventsOf, type Place } from './deviation-events.ts'

/** An answer as it goes over the line. */
export interface Written {
  readonly head: string
  readonly headers: readonly (readonly [string, string])[]
  readonly framing: 'chunked' | 'length' | 'close'
  readonly body: Buffer
  /** Where the writes end in the body. */
  readonly ends: readonly number[]
}

const coders = { gzip: gzipSync, deflate: deflateSync, 'deflate-raw': deflateRawSync, br: brotliCompressSync } as const

const textsOf = (api: ClientApi, place: Place, answer: Answer): readonly string[] => {
  const { between = '\n\n', body, before = '' } = answer
  const texts =
    body === undefined
      ? eventsOf(api, place, answer.events ?? ['@good'], answer.every).map((event) => event + between)
      : [typeof body === 'string' ? body : JSON.stringify(body)]
  return [before, ...texts].filter((text) => text !== '')
}

const coded = (plain: Buffer, { coding, cut = 0, behind = '' }: Answer): readonly Buffer[] => {
  if (coding === undefined) return [plain]
  const whole = coders[coding](plain)
  return [whole.subarray(0, Math.max(1, whole.length - cut)), Buffer.from(behind)].filter((part) => part.length > 0)
}

const inPieces = (body: Buffer, size: number): readonly Buffer[] =>
  Array.from({ length: Math.ceil(body.length / size) }, (_, at) => body.subarray(at * size, (at + 1) * size))

export const writtenOf = (api: ClientApi, place: Place, answer: Answer): Written => {
  const { status = 200, length = 0 } = answer
  const isStream = answer.body === undefined
  const texts = textsOf(api, place, answer).map((text) => Buffer.from(text, answer.latin1 ? 'latin1' : 'utf8'))
  const writes = answer.coding === undefined ? texts : coded(Buffer.concat(texts), answer)
  const body = Buffer.concat(writes)
  let end = 0
  const ends = (answer.pieces === undefined ? writes : inPieces(body, answer.pieces)).map((write) => {
    end += write.length
    return end
  })
  const framing = answer.framing ?? (isStream ? 'chunked' : 'length')
  const framed = {
    chunked: { 'transfer-encoding': 'chunked' },
    length: { 'content-length': String(body.length + length) },
    close: { connection: 'close' },
  }
  const headers = Object.entries({
    'content-type': isStream ? 'text/event-stream' : 'application/json',
    ...(answer.coding === undefined ? {} : { 'content-encoding': answer.coding.replace('-raw', '') }),
    ...framed[framing],
    ...answer.headers,
  }).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return { head: `HTTP/1.1 ${status} ${answer.reason ?? STATUS_CODES[status] ?? ''}\r\n${lines}\r\n`, headers, framing, body, ends }
}

/** Longer than any client of the laboratory waits for the next byte. */
const patienceMs = 3000

/** What stands in a recording of this answer. */
export const recordedOf = (path: string, request: Uint8Array, answer: Answer, { headers, framing, body, ends }: Written): Exchange => {
  const common = {
    probe: 'laboratory/turn',
    attempt: 1,
    step: 0,
    try: 1,
    auth: 'target',
    request: {
      endpoint: `POST ${path}` as Endpoint,
      url: `http://laboratory.invalid/v1${path}`,
      headers: [],
      body: request,
      sentAtMs: 0,
    },
  } as const
  const failure = (code: string): Exchange => ({ ...common, outcome: { kind: 'failure', code, message: code, atMs: 0 } })
  const { length = 0, gapMs = 0, holdMs = 0, waitMs = 0, end } = answer
  if (waitMs > patienceMs) return failure('TIMEOUT')
  if (answer.raw !== undefined) return failure(answer.raw === '' ? 'ECONNRESET' : 'HPE_INVALID_CONSTANT')
  // the limit for the next byte is one for event streams
  const stalls = gapMs > patienceMs && headers.some(([name, value]) => name === 'content-type' && value.includes('event-stream'))
  const seen = stalls ? body.subarray(0, ends[0]) : length < 0 ? body.subarray(0, length) : body
  const isCut = (end !== undefined && !(framing === 'close' && end === 'cut') && !(framing === 'length' && length <= 0)) || length > 0
  return {
    ...common,
    outcome: {
      kind: 'response',
      status: answer.status ?? 200,
      headers,
      body: seen,
      reads: { atMs: ends.map(() => 0), ends: ends.map((at) => Math.min(at, seen.length)) },
      end: stalls || holdMs > patienceMs ? 'timeout' : isCut ? 'truncated' : 'complete',
      headersAtMs: 0,
      endAtMs: 0,
    },
  }
}
