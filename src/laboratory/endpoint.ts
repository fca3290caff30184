import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Bend, Call, Wire } from '../reference/exchange.ts'
import { findBend } from '../reference/find-bend.ts'
import { respond } from '../reference/respond.ts'
import { newWorld, type World } from '../reference/world.ts'
import type { Endpoint, Exchange } from '../types.ts'

/** Longer than any client of the laboratory waits for the next byte. */
const patienceMs = 3000
/** A turn of two requests never needs so many; a client that loops has no end of its own. */
const usualMost = 25

export interface LabEndpoint {
  readonly url: string
  /** What was asked and answered, in this order. */
  readonly exchanges: readonly Exchange[]
  /** The same text for the same request, at the same place of `exchanges`. */
  readonly requested: readonly string[]
  /** How many calls the model made in the answer at the same place of `exchanges`, before they were written. */
  readonly spoken: readonly number[]
  /** Whether the client asked more often than a turn can need, and was turned away. */
  readonly isCapped: () => boolean
  readonly close: () => Promise<void>
}

const sorted = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value

/** Some clients order the members of an object anew when they try again. */
const canonical = (body: Uint8Array): string => {
  const text = Buffer.from(body).toString('latin1')
  try {
    return JSON.stringify(JSON.parse(text), sorted)
  } catch {
    return text
  }
}

/** How many requests were the same as one before. */
export const repeatsOf = ({ requested }: Pick<LabEndpoint, 'requested'>): number => requested.length - new Set(requested).size

/** What stands in a recording of this answer: the bytes, and how they ended for whoever read them. */
export const exchangeOf = (call: Call, wire: Wire): Exchange => {
  const body = Buffer.concat(wire.pieces)
  let end = 0
  const ends = wire.pieces.map((piece) => {
    end += piece.length
    return end
  })
  const announced = Number(Object.entries(wire.headers).find(([name]) => name.toLowerCase() === 'content-length')?.[1])
  const isShort = announced > body.length
  const request: Exchange['request'] = {
    endpoint: `${call.method} ${(call.target.split('?', 1)[0] as string).replace(/^\/v1/, '')}` as Endpoint,
    url: `http://laboratory.invalid${call.target}`,
    headers: Object.entries(call.headers),
    body: call.body,
    sentAtMs: 0,
  }
  const common = { probe: 'laboratory/turn', attempt: 1, step: 0, try: 1, auth: 'target', request } as const
  // headers leave together with the first byte of the body
  if (wire.waitMs > patienceMs)
    return { ...common, outcome: { kind: 'failure', code: 'TIMEOUT', message: 'no answer in time', atMs: wire.waitMs } }
  const isCut = wire.end === 'cut' && !(announced <= body.length)
  return {
    ...common,
    outcome: {
      kind: 'response',
      status: wire.status,
      headers: Object.entries(wire.headers),
      body,
      reads: { atMs: ends.map(() => 0), ends },
      end: isCut ? 'truncated' : wire.holdMs > patienceMs || isShort ? 'timeout' : 'complete',
      headersAtMs: 0,
      endAtMs: 0,
    },
  }
}

const readCall = async (world: World, request: IncomingMessage): Promise<Call> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return {
    method: request.method ?? 'GET',
    target: request.url ?? '/',
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    body: Buffer.concat(parts),
    key: 'unneeded',
    presented: '',
    models: world.models,
    memory: world.memory,
  }
}

const send = async (wire: Wire, reply: ServerResponse): Promise<void> => {
  reply.writeHead(wire.status, wire.headers)
  if (wire.waitMs > 0) await wait(wire.waitMs, undefined, { ref: false })
  for (const piece of wire.pieces) {
    if (reply.destroyed) return
    reply.write(piece)
    await new Promise((resolve) => setImmediate(resolve))
  }
  if (wire.holdMs > 0) await wait(wire.holdMs, undefined, { ref: false })
  const { socket } = reply
  if (wire.end === 'cut') socket?.destroySoon()
  else reply.end(() => wire.end === 'drop' && socket?.end())
}

/** The reference endpoint under one fault, or none, which keeps a record of every answer. */
export const startLabEndpoint = async (
  faults: readonly string[],
  models: readonly string[] = ['reference'],
  mostRequests = usualMost,
): Promise<LabEndpoint> => {
  const exchanges: Exchange[] = []
  const requested: string[] = []
  const spoken: number[] = []
  let calls = 0
  let asked = 0
  // before the faults: what the model itself wanted
  const counting: Bend = {
    name: 'count-calls',
    bends: 'Nothing: the calls of the model are counted.',
    speech: (speech) => {
      calls += speech.calls.length
    },
  }
  const world = newWorld({ models, bends: [counting, ...faults.map(findBend)] })
  const serve = async (request: IncomingMessage, reply: ServerResponse): Promise<void> => {
    reply.on('error', () => undefined)
    const call = await readCall(world, request)
    asked += 1
    if (asked > mostRequests) {
      reply.writeHead(410, { 'content-type': 'application/json' })
      reply.end('{"error":{"message":"The laboratory has seen enough.","type":"invalid_request_error","param":null,"code":null}}')
      return
    }
    calls = 0
    // bends may change the call; what is kept is what came
    const sent = { ...call, headers: { ...call.headers } }
    const wire = respond(world, call)
    exchanges.push(exchangeOf(sent, wire))
    requested.push(`${sent.method} ${sent.target} ${canonical(sent.body)}`)
    spoken.push(calls)
    await send(wire, reply)
  }
  const server = createServer((request, reply) => {
    serve(request, reply).catch(() => reply.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    exchanges,
    requested,
    spoken,
    isCapped: () => asked > mostRequests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
