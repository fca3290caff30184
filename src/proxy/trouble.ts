import type { ServerResponse } from 'node:http'

/** The proxy cannot do what it was asked for; the message says what to do. */
export class ProxyError extends Error {
  readonly reason: 'PortInUse' | 'CannotListen' | 'FileExists'

  constructor(reason: ProxyError['reason'], message: string) {
    super(message)
    this.name = 'ProxyError'
    this.reason = reason
  }
}

/** Set on answers that come from the proxy itself; the value says why. */
const troubleHeader = 'x-wirecheck-proxy'

/** Answers in place of the upstream, in the form that clients of it can read, and says that it does. */
export const answerTrouble = (
  reply: ServerResponse,
  why: 'upstream-unreachable' | 'cannot-forward',
  { status, code, message }: { readonly status: number; readonly code: string; readonly message: string },
): void => {
  if (reply.headersSent || reply.destroyed) return
  const error = { message: `wirecheck proxy: ${message}`, type: 'proxy_error', param: null, code }
  const body = Buffer.from(JSON.stringify({ error }))
  // a client that has not finished its request may well go on with it on this connection
  reply.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': body.length, [troubleHeader]: why, Connection: 'close' })
  reply.end(body)
}
