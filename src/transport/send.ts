import { Agent, type Dispatcher, ProxyAgent } from 'undici'
import type { Target } from '../target/target.ts'
import type { Endpoint, End, Headers, Read, Response, TransportFailure } from '../types.ts'
import { redactBody, redactHeaders, redactText } from './redact.ts'

export interface Outgoing {
  readonly endpoint: Endpoint
  readonly url: string
  readonly headers: Headers
  readonly body?: Uint8Array
  readonly headersMs: number
  /** Overrides the target's limit on the whole exchange. */
  readonly totalMs?: number
  /** Reading stops once this many events have come. */
  readonly stopAfterEvents?: number
}

export interface Transport {
  send(outgoing: Outgoing, signal?: AbortSignal): Promise<Response | TransportFailure>
  close(): Promise<void>
}

/** One connection pool for one target. Certificates are checked unless the target says `insecure`. */
export const createTransport = (target: Target): Transport => {
  const { network, limits, jobs } = target
  const tls = {
    rejectUnauthorized: !network.insecure,
    ...(network.ca === undefined ? {} : { ca: network.ca }),
    ...(network.cert === undefined ? {} : { cert: network.cert }),
    ...(network.clientKey === undefined ? {} : { key: network.clientKey }),
  }
  // our own timers rule: undici's 300 s would end a slow local model, and HTTP/2 is another protocol than the one tested
  const options = { connections: Math.max(jobs, 1), pipelining: 1, headersTimeout: 0, bodyTimeout: 0, allowH2: false, maxHeaderSize: limits.headerBytes }
  const dispatcher: Dispatcher =
    network.proxy === undefined
      ? new Agent({ ...options, autoSelectFamily: true, connect: { ...tls, timeout: 30_000 } })
      : new ProxyAgent({ ...options, uri: network.proxy, requestTls: tls })
  return {
    send: (outgoing, signal) => send(dispatcher, target, outgoing, signal),
    close: () => dispatcher.destroy(),
  }
}

/** Why we stopped reading ourselves; becomes the end of the response. */
class Stop extends Error {
  readonly end: End

  constructor(end: End, reason: string) {
    super(reason)
    this.name = 'Stop'
    this.end = end
  }
}

const send = (dispatcher: Dispatcher, target: Target, outgoing: Outgoing, signal?: AbortSignal): Promise<Response | TransportFailure> =>
  new Promise((resolve) => {
    const { limits, secrets } = target
    const startedAt = performance.now()
    const since = () => performance.now() - startedAt
    const watch = createWatch(limits.lineBytes, outgoing)
    const chunks: Buffer[] = []
    const reads: Read[] = []
    let status = 0
    let headers: Headers = []
    let headersAtMs = 0
    let size = 0
    let lastAt = 0
    let controller: Dispatcher.DispatchController | undefined
    let timer: NodeJS.Timeout | undefined
    let settled = false

    const stop = (reason: Stop) => {
      controller?.abort(reason)
      finish(reason)
    }
    /** One timer that looks at the clock, instead of one timer per read. */
    const tick = () => {
      const now = since()
      const total = outgoing.totalMs ?? limits.totalMs
      const idle = watch.terminalSeen() ? limits.lingerMs : limits.idleMs
      const due = status === 0 ? Math.min(outgoing.headersMs, total) : Math.min(lastAt + idle, total)
      if (now >= due) {
        const reason = status === 0 ? 'no headers in time' : watch.terminalSeen() ? 'held open after the terminal event' : now >= total ? 'took too long in all' : 'no bytes in time'
        return stop(new Stop('timeout', reason))
      }
      timer = setTimeout(tick, Math.max(10, Math.min(due - now, 1000)))
    }
    const onAbort = () => stop(new Stop('stopped', 'interrupted'))

    const finish = (error?: Error) => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      const endAtMs = since()
      if (status === 0) return resolve(toFailure(error, endAtMs, secrets))
      const redacted = redactBody(Buffer.concat(chunks, size), reads, secrets)
      resolve({
        kind: 'response',
        status,
        headers: redactHeaders(headers, secrets),
        ...redacted,
        end: error === undefined ? 'complete' : error instanceof Stop ? error.end : 'truncated',
        ...(error === undefined ? {} : { endReason: error instanceof Stop ? error.message : codeOf(error) }),
        headersAtMs,
        endAtMs,
      })
    }

    if (signal?.aborted) return finish(new Stop('stopped', 'interrupted'))
    signal?.addEventListener('abort', onAbort, { once: true })
    timer = setTimeout(tick, Math.min(outgoing.headersMs, 1000))
    const url = new URL(outgoing.url)
    dispatcher.dispatch(
      {
        origin: url.origin,
        path: url.pathname + url.search,
        method: outgoing.endpoint.split(' ')[0] as Dispatcher.HttpMethod,
        headers: outgoing.headers.flatMap(([name, value]) => [name, value]),
        body: outgoing.body ?? null,
      },
      {
        onRequestStart: (started) => {
          controller = started
        },
        onResponseStart: (started, statusCode) => {
          if (statusCode < 200) return
          status = statusCode
          headers = rawHeaders(started.rawHeaders)
          headersAtMs = lastAt = since()
        },
        onResponseData: (_, chunk) => {
          if (settled) return
          // the time is taken before anything is done with the bytes
          lastAt = since()
          const room = limits.bodyBytes - size
          const kept = chunk.length > room ? chunk.subarray(0, room) : chunk
          chunks.push(kept)
          reads.push({ atMs: lastAt, from: size, to: size + kept.length })
          size += kept.length
          const reason = chunk.length > room ? `more than ${limits.bodyBytes} bytes` : watch.see(kept)
          if (reason !== undefined) stop(new Stop('stopped', reason))
        },
        onResponseEnd: () => finish(),
        onResponseError: (_, error) => finish(error),
      },
    )
  })

/** Looks at chunks as they pass, for what must end the reading early. */
const createWatch = (lineBytes: number, { stopAfterEvents, endpoint }: Outgoing) => {
  let open = 0
  let events = 0
  let terminal = false
  const markers = endpoint.endsWith('/responses') ? ['"type":"response.completed"', '"type":"response.incomplete"', '"type":"response.failed"'] : []
  return {
    terminalSeen: () => terminal,
    see: (chunk: Buffer): string | undefined => {
      const newline = chunk.lastIndexOf(10)
      open = newline < 0 ? open + chunk.length : chunk.length - newline - 1
      if (open > lineBytes) return `a line of more than ${lineBytes} bytes`
      // cheap and good enough to shorten a wait: the verdict is made from the bytes later
      if (!terminal) terminal = chunk.includes('data: [DONE]') || chunk.includes('data:[DONE]') || markers.some((marker) => chunk.includes(marker))
      if (stopAfterEvents === undefined) return undefined
      for (let at = chunk.indexOf('data:'); at >= 0; at = chunk.indexOf('data:', at + 5)) events++
      return events >= stopAfterEvents ? 'the probe asked for no more' : undefined
    },
  }
}

const rawHeaders = (raw: Dispatcher.DispatchController['rawHeaders']): Headers => {
  if (!Array.isArray(raw)) return []
  const headers: [string, string][] = []
  for (let index = 0; index + 1 < raw.length; index += 2) headers.push([text(raw[index]), text(raw[index + 1])])
  return headers
}

// RFC 9110 section 5.5: field values are octets; latin1 keeps each of them
const text = (value: Buffer | string | undefined): string => (typeof value === 'string' ? value : (value?.toString('latin1') ?? ''))

const codeOf = (error: Error): string => {
  const { code, cause } = error as NodeJS.ErrnoException & { cause?: NodeJS.ErrnoException }
  return code || cause?.code || error.name
}

const toFailure = (error: Error | undefined, atMs: number, secrets: readonly string[]): TransportFailure => {
  if (error instanceof Stop) return { kind: 'failure', code: error.end === 'timeout' ? 'TIMEOUT' : 'INTERRUPTED', message: error.message, atMs }
  if (!error) return { kind: 'failure', code: 'NO_RESPONSE', message: 'the connection ended without a response', atMs }
  const causes = error instanceof AggregateError ? (error.errors as Error[]) : []
  const message = [error.message, ...causes.map(({ message }) => message)].find((words) => words !== '') ?? error.name
  return { kind: 'failure', code: codeOf(causes[0] ?? error), message: redactText(message, secrets), atMs }
}
