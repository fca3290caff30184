import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { azureKey } from './azure.ts'
import { bendsOf } from './dialects/dialect.ts'
import { innerModels } from './dialects/names.ts'
import { findDialect } from './dialects.ts'
import type { Call, KeyState, Wire } from './exchange.ts'
import { findBend } from './find-bend.ts'
import { isMessagesCall } from './messages.ts'
import { errorAnswer } from './refusal.ts'
import { respond } from './respond.ts'
import { base } from './routes.ts'
import { newWorld, type World } from './world.ts'

export interface ReferenceOptions {
  /** 0: any free port. */
  readonly port?: number
  readonly host?: string
  /** When set, requests need it as a Bearer token. */
  readonly key?: string | null
  /** Names of faults and legal variants. */
  readonly faults?: readonly string[]
  /** Name of a vendor's dialect, which brings its own models and base URL. */
  readonly dialect?: string
  /** Until the first token. */
  readonly latencyMs?: number
  readonly tokensPerSecond?: number
  readonly models?: readonly string[]
  /** Milliseconds since 1970; the system clock unless given. */
  readonly now?: () => number
}

export interface Reference {
  /** The base URL, up to and including the version. */
  readonly url: string
  readonly port: number
  readonly close: () => Promise<void>
}

const maxBody = 32 * 1024 * 1024

/** The body; undefined when it is too long. What is too long is read to its end, so that the answer arrives. */
const collect = async (request: IncomingMessage): Promise<Uint8Array | undefined> => {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    size += (part as Buffer).length
    if (size <= maxBody) parts.push(part as Buffer)
    else parts.length = 0
  }
  return size <= maxBody ? Buffer.concat(parts) : undefined
}

/** RFC 9110, section 11.1: the name of an authentication scheme is case-insensitive. */
const keyState = (world: World, header: string | undefined): { key: KeyState; presented: string } => {
  const presented = /^bearer +(.*)$/i.exec(header ?? '')?.[1] ?? ''
  if (world.key === null) return { key: 'unneeded', presented }
  if (header === undefined) return { key: 'missing', presented }
  return { key: presented === world.key ? 'right' : 'wrong', presented }
}

const readCall = (world: World, request: IncomingMessage, body: Uint8Array): Call => {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) headers[name] = String(value)
  const target = request.url ?? '/'
  const own = azureKey({ target, headers }) ?? (isMessagesCall({ target }) ? headers['x-api-key'] : undefined)
  return {
    method: request.method ?? 'GET',
    target,
    headers,
    body,
    ...keyState(world, own === undefined ? headers.authorization : `Bearer ${own}`),
    models: world.models,
    memory: world.memory,
  }
}

const tooLarge = (): Wire => {
  const { body } = errorAnswer('The request body is too large.', { code: 'request_too_large' })
  return {
    status: 413,
    headers: { 'content-type': 'application/json' },
    pieces: [Buffer.from(JSON.stringify(body))],
    waitMs: 0,
    holdMs: 0,
    end: 'end',
  }
}

/** Waits, but no longer than the client does; leaves no timer behind. */
const pause = (ms: number, reply: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    if (reply.destroyed) return resolve()
    const done = () => {
      clearTimeout(timer)
      reply.off('close', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    reply.once('close', done)
  })

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const drained = (reply: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      reply.off('close', done).off('drain', done)
      resolve()
    }
    reply.once('drain', done).once('close', done)
  })

const send = async (wire: Wire, reply: ServerResponse, perPieceMs: number): Promise<void> => {
  reply.writeHead(wire.status, wire.headers)
  if (wire.waitMs > 0) await pause(wire.waitMs, reply)
  const started = Date.now()
  for (const [index, piece] of wire.pieces.entries()) {
    if (reply.destroyed) return
    // The pace is kept against the clock, so that late timers do not add up.
    const behind = started + index * perPieceMs - Date.now()
    if (index > 0) await (behind >= 1 ? pause(behind, reply) : turn())
    if (!reply.destroyed && !reply.write(piece)) await drained(reply)
  }
  if (wire.holdMs > 0) await pause(wire.holdMs, reply)
  if (wire.end === 'cut') {
    await turn()
    reply.socket?.destroySoon()
  } else {
    const { socket } = reply
    reply.end(() => {
      if (wire.end === 'drop') socket?.end()
    })
  }
}

const serve = async (world: World, request: IncomingMessage, reply: ServerResponse): Promise<void> => {
  reply.on('error', () => undefined)
  const body = await collect(request)
  const wire = body ? respond(world, readCall(world, request, body)) : tooLarge()
  const paced = world.tokensPerSecond > 0 && wire.pieces.length > 1
  await send(wire, reply, paced ? 1000 / world.tokensPerSecond : 0)
}

/** What is not even HTTP gets the envelope too. */
const refuseGarbage = (_: Error, socket: Socket): void => {
  if (!socket.writable) return
  const text = JSON.stringify(errorAnswer('The request is not valid HTTP.').body)
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: ${text.length}\r\nConnection: close\r\n\r\n${text}`,
  )
}

/** Starts the reference endpoint: correct, or bent by the faults and variants named. */
export const startReference = async (options: ReferenceOptions = {}): Promise<Reference> => {
  const dialect = options.dialect === undefined ? undefined : findDialect(options.dialect)
  const bends = [...(dialect ? bendsOf(dialect) : []), ...(options.faults ?? []).map(findBend)]
  const world = newWorld({ ...options, ...(dialect ? { models: innerModels(dialect) } : {}), bends })
  const host = options.host ?? '127.0.0.1'
  const server = createServer((request, reply) => {
    // A client that cuts its own request is not answered; there is nobody left to tell.
    serve(world, request, reply).catch(() => reply.destroy())
  })
  server.on('clientError', (error, socket) => refuseGarbage(error, socket as Socket))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const { port } = server.address() as AddressInfo
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${port}${dialect?.base ?? base}`, port, close }
}
