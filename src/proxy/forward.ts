import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Dispatcher } from 'undici'
import type { Limits } from '../target/target.ts'
import { Stop, toFailure } from '../transport/failure.ts'
import { rawHeaders } from '../transport/raw-headers.ts'
import type { Exchange, Headers } from '../types.ts'
import { type Address, endpointOf, pathOf } from './address.ts'
import { endToEnd, reasonPhrase, requestHeaders } from './headers.ts'
import { createRecord } from './record.ts'
import type { Secrets } from './secrets.ts'
import { answerTrouble } from './trouble.ts'

export interface ForwardContext {
  readonly upstream: Dispatcher
  readonly address: Address
  readonly limits: Limits
  readonly secrets: Secrets
  /** Of the session, on the clock of `performance`. */
  readonly startedAt: number
  /** Ends every exchange: the session is over. */
  readonly signal: AbortSignal
}

/**
 * Passes one request on and its answer back, each read as it comes, and remembers both. Bytes are forwarded first and
 * looked at afterwards; nothing that is wrong with the recording can touch what the client gets.
 * @returns the exchange, when it has ended on both sides
 */
export const forward = (
  incoming: IncomingMessage,
  reply: ServerResponse,
  number: number,
  { upstream, address, limits, secrets, startedAt, signal }: ForwardContext,
): Promise<Exchange> =>
  new Promise((resolve) => {
    const sentAt = performance.now()
    const target = incoming.url ?? '/'
    const path = pathOf(target, address)
    const method = incoming.method ?? 'GET'
    const endpoint = endpointOf(method, path ?? '/', address)
    const headers = requestHeaders(incoming.rawHeaders)
    const record = createRecord({
      number,
      endpoint,
      url: `${address.origin}${path ?? target}`,
      headers,
      sentAt,
      startedAt,
      limits,
      secrets,
    })
    let status = 0
    let controller: Dispatcher.DispatchController | undefined
    let settled = false
    secrets.learn(headers, target)

    const finish = (error?: Error) => {
      if (settled) return
      settled = true
      signal.removeEventListener('abort', onStop)
      record.end()
      // the client's bytes go out before anything is computed from them
      setImmediate(() => resolve(record.exchange(error)))
    }
    const stop = (reason: Stop) => {
      finish(reason)
      controller?.abort(reason)
      reply.socket?.destroySoon()
    }
    const onStop = () => stop(new Stop('stopped', 'the proxy was stopped'))

    reply.on('close', () => {
      if (!settled) stop(new Stop('stopped', 'the client hung up'))
    })
    reply.on('error', () => undefined)
    if (signal.aborted) return onStop()
    signal.addEventListener('abort', onStop, { once: true })

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: (started) => {
        controller = started
        // given up while it waited for a connection: it must not go out behind the client's back
        if (settled) started.abort(new Stop('stopped', 'too late'))
      },
      onResponseStart: (started, code, _, reason) => {
        if (settled) return
        const received = rawHeaders(started.rawHeaders)
        if (code < 200) return interim(reply, incoming, code, reasonPhrase(reason), received)
        status = code
        record.head(code, received)
        try {
          reply.sendDate = false
          reply.writeHead(code, reasonPhrase(reason), sendable(received, incoming).flat())
          // at once, and as octets: `flushHeaders` would write values beyond ASCII as UTF-8
          reply.write('', 'latin1')
        } catch (error) {
          const message = `the answer cannot be passed on: ${(error as Error).message}`
          answerTrouble(reply, 'cannot-forward', { status: 502, code: 'cannot_forward', message })
        }
      },
      onResponseData: (_, part) => {
        if (settled) return
        const now = performance.now()
        if (!reply.write(part) && !reply.writableEnded) {
          controller?.pause()
          reply.once('drain', () => controller?.resume())
        }
        record.part(part, now)
      },
      onResponseEnd: (ended) => {
        if (settled) return
        const trailers = rawHeaders(ended.rawTrailers)
        try {
          if (trailers.length > 0) reply.addTrailers(trailers.map(([name, value]): [string, string] => [name, value]))
        } catch {
          // a field that Node does not let pass; the body is whole without it
        }
        finish()
        reply.end()
      },
      onResponseError: (_, error) => {
        if (settled) return
        finish(error)
        if (status === 0) {
          const { code, message } = toFailure(error, 0, secrets.known())
          const words = `${address.origin} gave no answer (${code}${message === code ? '' : `: ${message}`})`
          answerTrouble(reply, 'upstream-unreachable', { status: 502, code: 'upstream_unreachable', message: words })
        }
        // what came is sent on, and then the connection ends in the middle, as that of the upstream did
        else reply.socket?.destroySoon()
      },
    }
    const refuse = (message: string) => {
      finish(new Error(message))
      answerTrouble(reply, 'cannot-forward', { status: 400, code: 'cannot_forward', message })
    }
    if (path === undefined) return refuse(`${method} ${target.split('?')[0]} names no path`)
    const hasBody = incoming.headers['transfer-encoding'] !== undefined || Number(incoming.headers['content-length'] ?? 0) > 0
    try {
      const body = hasBody ? passing(incoming, record.ask) : null
      upstream.dispatch(
        { origin: address.origin, path, method: method as Dispatcher.HttpMethod, headers: headers.flat(), body: body as never },
        handler,
      )
    } catch (error) {
      refuse(`the request cannot be passed on: ${(error as Error).message}`)
    }
  })

/** The parts of a request's body as they come. Its socket must outlive a reader that has had enough: the answer goes there. */
async function* passing(incoming: IncomingMessage, note: (part: Uint8Array) => void): AsyncGenerator<Buffer> {
  for await (const part of incoming.iterator({ destroyOnReturn: false })) {
    note(part as Buffer)
    yield part as Buffer
  }
}

/** RFC 9112 section 6.5: without chunks there are no trailers, and Node refuses to announce any. */
const sendable = (headers: Headers, { httpVersion }: IncomingMessage): Headers => {
  const kept = endToEnd(headers)
  const chunked = httpVersion === '1.1' && !kept.some(([name]) => name.toLowerCase() === 'content-length')
  return chunked ? kept : kept.filter(([name]) => name.toLowerCase() !== 'trailer')
}

/**
 * RFC 9110 section 15.2: an interim response is forwarded, but never to a client of HTTP/1.0. Node can write few of
 * them, so this one is written to the connection as it is, as long as nothing of the answer itself was.
 */
const interim = (reply: ServerResponse, { httpVersion }: IncomingMessage, code: number, reason: string, headers: Headers): void => {
  if (httpVersion !== '1.1' || reply.headersSent || !reply.socket) return
  const lines = endToEnd(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  reply.socket.write(`HTTP/1.1 ${code} ${reason}\r\n${lines.join('')}\r\n`, 'latin1')
}
