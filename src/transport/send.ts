import type { Dispatcher } from 'undici'
import type { Target } from '../target/target.ts'
import type { Endpoint, Headers, Response, TransportFailure } from '../types.ts'
import { createLone, type Lone } from './connection.ts'
import { connectionOptions, createDispatcher } from './dispatcher.ts'
import { reasonOf, Stop, toFailure } from './failure.ts'
import { rawHeaders } from './raw-headers.ts'
import { redactHeaders } from './redact.ts'
import { redactAnswer } from './redact-answer.ts'
import { createWatch, type Watch } from './watch.ts'

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
  /** A transport with one connection of its own, for requests one after the other; undefined behind a proxy, which has its own. */
  alone?(): Lone | undefined
}

/** One connection pool for one target. */
export const createTransport = (target: Target): Transport => {
  const connections = Math.max(target.jobs, 1)
  const dispatcher = createDispatcher(target, connections)
  return {
    send: (outgoing, signal) => send(dispatcher, target, outgoing, signal),
    close: () => dispatcher.destroy(),
    alone: () => {
      if (target.network.proxy !== undefined) return undefined
      const { pool, connect } = connectionOptions(target)
      return createLone(target, { ...pool, connections, connect }, send)
    },
  }
}

const send = (dispatcher: Dispatcher, target: Target, outgoing: Outgoing, signal?: AbortSignal): Promise<Response | TransportFailure> =>
  new Promise((resolve) => {
    const { limits, secrets } = target
    const totalMs = outgoing.totalMs ?? limits.totalMs
    const startedAt = performance.now()
    const since = () => performance.now() - startedAt
    const store = createStore()
    const atMs: number[] = []
    const ends: number[] = []
    let watch: Watch | undefined
    let status = 0
    let headers: Headers = []
    let headersAtMs = 0
    let size = 0
    let lastAt = 0
    let controller: Dispatcher.DispatchController | undefined
    let timer: NodeJS.Timeout | undefined
    let settled = false

    const stop = (reason: Stop) => {
      finish(reason)
      controller?.abort(reason)
    }
    /** One timer that looks at the clock, instead of one timer per read. */
    const tick = () => {
      const now = since()
      const lingers = watch?.terminalSeen() === true
      const patience = status === 0 ? outgoing.headersMs : lastAt + (lingers ? limits.lingerMs : limits.idleMs)
      const due = Math.min(patience, totalMs)
      if (now < due) timer = setTimeout(tick, Math.max(5, Math.min(due - now, 1000, limits.idleMs, limits.lingerMs)))
      else if (lingers) stop(new Stop('timeout', 'held open after the terminal event'))
      else if (now >= totalMs) stop(new Stop('timeout', 'took too long in all'))
      else stop(new Stop('timeout', status === 0 ? 'no headers in time' : 'no bytes in time'))
    }
    const onAbort = () => stop(new Stop('stopped', 'interrupted'))

    const finish = (error?: Error) => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      const endAtMs = since()
      if (status === 0) return resolve(toFailure(error, endAtMs, secrets))
      const redacted = redactAnswer(headers, store.whole(), { atMs, ends }, secrets)
      resolve({
        kind: 'response',
        status,
        headers: redactHeaders(headers, secrets),
        end: error === undefined ? 'complete' : error instanceof Stop ? error.end : 'truncated',
        ...(error === undefined ? {} : { endReason: error instanceof Stop ? error.message : reasonOf(error) }),
        headersAtMs,
        endAtMs,
        ...redacted,
      })
    }

    if (signal?.aborted) return finish(new Stop('stopped', 'interrupted'))
    signal?.addEventListener('abort', onAbort, { once: true })
    tick()
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: (started) => {
        controller = started
        // given up while it waited for a connection: it must not go out behind our back
        if (settled) started.abort(new Stop('stopped', 'too late'))
      },
      onResponseStart: (started, statusCode) => {
        // RFC 9110 section 15.2: any number of interim responses may come first
        if (settled || statusCode < 200) return
        status = statusCode
        headers = rawHeaders(started.rawHeaders)
        headersAtMs = lastAt = since()
        const labelled = headers.some(([name, value]) => name.toLowerCase() === 'content-type' && /^\s*text\/event-stream/i.test(value))
        watch = createWatch({ ...outgoing, labelled, eventBytes: limits.eventBytes, events: limits.events })
      },
      onResponseData: (_, chunk) => {
        if (settled) return
        // the time is taken before anything is done with the bytes
        const now = since()
        const room = limits.bodyBytes - size
        const kept = chunk.length > room ? chunk.subarray(0, room) : chunk
        if (kept.length > 0) {
          store.add(kept)
          size += kept.length
          atMs.push(now)
          ends.push(size)
        }
        const seen = watch?.see(kept)
        // comments keep a stream alive, but not for ever behind its end
        if (!watch?.terminalSeen() || !watch.quiet()) lastAt = now
        const reason = chunk.length > room ? `more than ${limits.bodyBytes} bytes` : seen
        if (reason !== undefined) stop(new Stop('stopped', reason))
      },
      onResponseEnd: () => finish(),
      onResponseError: (_, error) => finish(error),
    }
    try {
      const { origin, pathname, search } = new URL(outgoing.url)
      const method = outgoing.endpoint.split(' ')[0] as Dispatcher.HttpMethod
      dispatcher.dispatch(
        { origin, path: pathname + search, method, headers: outgoing.headers.flat(), body: outgoing.body ?? null },
        handler,
      )
    } catch (error) {
      // what cannot be sent at all, such as a header that a proxy must not be given
      finish(error as Error)
    }
  })

/**
 * Bytes are copied as they come: a hundred thousand small buffers that live until the end cost more than the copying.
 * Once a body is long, so much is reserved that it is hardly ever copied again; what is not written to takes no memory.
 */
const createStore = (): { add: (bytes: Buffer) => void; whole: () => Buffer } => {
  let store = Buffer.allocUnsafe(4096)
  let used = 0
  return {
    add: (bytes) => {
      const needed = used + bytes.length
      if (needed > store.length) {
        const roomy = Buffer.allocUnsafe(needed > longBytes ? Math.max(reservedBytes, 2 * needed) : Math.max(2 * store.length, needed))
        roomy.set(store.subarray(0, used))
        store = roomy
      }
      store.set(bytes, used)
      used = needed
    },
    whole: () => store.subarray(0, used),
  }
}

const longBytes = 256 * 1024
const reservedBytes = 64 * 1024 * 1024
