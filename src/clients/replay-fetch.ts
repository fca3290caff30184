import { STATUS_CODES } from 'node:http'
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { codingName } from '../coding.ts'
import type { Exchange, Headers, Response } from '../types.ts'

/** Raised where the recording ends while the endpoint still held the connection open: the client would wait on. */
const stillOpen = 'the recording ends here, and the connection was still open'

export interface ReplayOptions {
  /** Bun's fetch gives an empty body for 204, Node's none at all. */
  readonly runtime: 'node' | 'bun'
}

export interface ReplayFetch {
  readonly fetch: (input: unknown) => Promise<globalThis.Response>
  /** Whether the client read up to the point where it would have had to wait. */
  readonly waited: () => boolean
}

/** The recorder's own code for a limit of time; a socket has others. */
const timeLimit = 'TIMEOUT'

/**
 * A fetch that hands out one recorded answer: status, headers, and the body in the pieces in which it came.
 * It opens no connection, and every call gets the same answer.
 */
export const createReplayFetch = ({ outcome }: Exchange, { runtime }: ReplayOptions): ReplayFetch => {
  let waited = false
  const wait = () => {
    waited = true
    return new Error(stillOpen)
  }
  const fetch = async (): Promise<globalThis.Response> => {
    if (outcome.kind === 'failure') {
      if (outcome.code === timeLimit) throw wait()
      // what is no HTTP is no failure of the connection to Bun
      if (runtime === 'bun' && outcome.code.startsWith('HPE_')) throw new Error(`Malformed_HTTP_Response: ${outcome.message}`)
      throw new TypeError('fetch failed', { cause: Object.assign(new Error(outcome.message), { code: outcome.code }) })
    }
    const broken = runtime === 'bun' ? brokenAtOnce(outcome) : undefined
    if (broken !== undefined) throw new Error(broken)
    const empty = [204, 205, 304].includes(outcome.status)
    const body = empty && (runtime === 'node' || outcome.body.length > 0) ? null : bodyOf(outcome, runtime, wait)
    const usable = !empty && outcome.status >= 200 && outcome.status <= 599
    const response = new globalThis.Response(empty && runtime === 'bun' ? '' : body, {
      status: usable ? outcome.status : empty && runtime === 'node' ? outcome.status : 200,
      headers: headersOf(outcome.headers),
    })
    if (!usable && (runtime === 'bun' || !empty)) {
      Object.defineProperty(response, 'status', { value: outcome.status })
      Object.defineProperty(response, 'ok', { value: outcome.status >= 200 && outcome.status <= 299 })
    }
    // RFC 9112 section 4: HTTP/1.1 sends a reason; what was recorded is the number alone
    if (response.statusText === '') Object.defineProperty(response, 'statusText', { value: STATUS_CODES[outcome.status] ?? '' })
    return response
  }
  return { fetch, waited: () => waited }
}

const headersOf = (headers: Headers): globalThis.Headers => {
  const result = new globalThis.Headers()
  for (const [name, value] of headers) {
    try {
      result.append(name, value)
    } catch {
      // what a fetch would refuse cannot reach a client
    }
  }
  return result
}

const bodyOf = (response: Response, runtime: ReplayOptions['runtime'], wait: () => Error): ReadableStream<Uint8Array> => {
  const { pieces, broken } = decoded(response, runtime)
  let next = 0
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces[next++]
        if (piece) return controller.enqueue(piece)
        if (broken) return controller.error(new TypeError('terminated', { cause: new Error('incorrect header check') }))
        if (response.end === 'complete') return controller.close()
        if (response.end === 'truncated')
          return controller.error(
            new TypeError('terminated', { cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }) }),
          )
        controller.error(wait())
      },
    },
    { highWaterMark: 0 },
  )
}

/** A fetch takes the coding off; the borders between reads are kept where there is none. */
const decoded = (
  { headers, body, reads, end }: Coded,
  runtime: ReplayOptions['runtime'],
): { pieces: readonly Uint8Array[]; broken: boolean } => {
  const coding = codingIn(headers, runtime)
  const decode = runtime === 'bun' && coding === 'x-gzip' ? undefined : codings[coding]
  if (!decode || body.length === 0) {
    let from = 0
    const pieces: Uint8Array[] = []
    for (const to of [...reads.ends, body.length]) {
      if (to > from) pieces.push(body.subarray(from, to))
      from = Math.max(from, to)
    }
    return { pieces, broken: false }
  }
  try {
    return { pieces: [decode(body)], broken: false }
  } catch {
    return { pieces: [], broken: end === 'complete' }
  }
}

type Coded = Pick<Response, 'headers' | 'body' | 'reads' | 'end'>

/** Bun knows a coding by its very letters; RFC 9110 section 8.4.1 has them in any case. */
const codingIn = (headers: Headers, runtime: ReplayOptions['runtime']): string => {
  const exact = headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1].trim()
  return runtime === 'bun' ? (exact ?? '') : codingName(headers)
}

/** Bun takes these codings off before it hands the answer over, so that no body is ever read, and nothing is tried again. */
const brokenAtOnce = (response: Response): string | undefined => {
  const { headers, body, end } = response
  const coding = codingIn(headers, 'bun')
  if (body.length === 0 || end !== 'complete') return undefined
  if (coding === 'zstd') return magicOfZstd.every((byte, at) => body[at] === byte) ? undefined : 'ZstdDecompressionError'
  return coding === 'br' && decoded(response, 'bun').broken ? 'BrotliDecompressionError' : undefined
}

/** RFC 8878 section 3.1.1 */
const magicOfZstd = [0x28, 0xb5, 0x2f, 0xfd]

const limit = { maxOutputLength: 64 * 1024 * 1024 }
const codings: Readonly<Record<string, (body: Uint8Array) => Uint8Array>> = {
  gzip: (body) => gunzipSync(body, limit),
  'x-gzip': (body) => gunzipSync(body, limit),
  deflate: (body) => (((body[0] ?? 8) & 15) === 8 ? inflateSync(body, limit) : inflateRawSync(body, limit)),
  br: (body) => brotliDecompressSync(body, limit),
}
