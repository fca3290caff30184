import { type AddressInfo, createServer, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Exchange, JsonObject } from '../types.ts'
import { type Answer, answersOf, type Deviation } from './deviation.ts'
import type { Place } from './deviation-events.ts'
import { pathOf } from './deviation-turn.ts'
import { recordedOf, type Written, writtenOf } from './deviation-wire.ts'
import type { LabEndpoint } from './endpoint.ts'

const mostRequests = 25
const enough = '{"error":{"message":"The laboratory has seen enough."}}'
const pause = (ms: number) => wait(ms, undefined, { ref: false })

/** The question comes with tools and without a result. */
const placeOf = (body: Uint8Array): Place => {
  const request = JSON.parse(Buffer.from(body).toString('utf8')) as JsonObject
  const said = (request.messages ?? request.input ?? []) as readonly JsonObject[]
  const isAnswered = said.some(({ role, type }) => role === 'tool' || type === 'function_call_output')
  return isAnswered || request.tools === undefined ? 'text' : 'call'
}

const write = async (socket: Socket, answer: Answer, { head, framing, body, ends }: Written): Promise<void> => {
  const { length = 0 } = answer
  if (answer.waitMs !== undefined) await pause(answer.waitMs)
  if (answer.raw !== undefined) {
    socket.end(Buffer.from(answer.raw, 'latin1'))
    return
  }
  socket.write((answer.interim ?? '') + head)
  let from = 0
  for (const to of ends) {
    if (socket.destroyed) return
    const piece = body.subarray(from, to)
    from = to
    socket.write(
      framing === 'chunked' ? Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]) : piece,
    )
    if (answer.gapMs === undefined) await new Promise((resolve) => setImmediate(resolve))
    else await pause(answer.gapMs)
  }
  if (answer.holdMs !== undefined) await pause(answer.holdMs)
  if (answer.end === 'reset') socket.resetAndDestroy()
  else if (answer.end === 'cut') socket.end()
  else if (framing === 'chunked') socket.write(`0\r\n${answer.trailers ?? ''}\r\n`)
  else if (framing === 'close' || length !== 0) socket.end()
}

/** Requests of a connection, one after the other. */
const requestsOf = (socket: Socket, take: (target: string, body: Buffer) => void): void => {
  let kept = Buffer.alloc(0)
  socket.on('data', (bytes) => {
    kept = Buffer.concat([kept, bytes])
    for (let end = kept.indexOf('\r\n\r\n'); end >= 0; end = kept.indexOf('\r\n\r\n')) {
      const head = kept.subarray(0, end).toString('latin1')
      const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0)
      if (kept.length < end + 4 + length) return
      const body = Buffer.from(kept.subarray(end + 4, end + 4 + length))
      kept = kept.subarray(end + 4 + length)
      take(head.split(' ')[1] ?? '/', body)
    }
  })
}

/** A server that deviates in one way, byte for byte, and keeps a record of its answers. */
export const startDeviatingEndpoint = async (deviation: Deviation): Promise<LabEndpoint> => {
  const exchanges: Exchange[] = []
  const requested: string[] = []
  const spoken: number[] = []
  const open = new Set<Socket>()
  const turns: Record<Place, number> = { call: 0, text: 0 }
  let asked = 0
  const take = async (socket: Socket, target: string, body: Buffer): Promise<void> => {
    asked += 1
    if (asked > mostRequests) {
      socket.end(`HTTP/1.1 410 Gone\r\ncontent-type: application/json\r\ncontent-length: ${enough.length}\r\n\r\n${enough}`)
      return
    }
    // a redirected request may have lost its body
    const place = body.length === 0 ? 'text' : placeOf(body)
    const answers = answersOf(deviation[place])
    const answer = answers[Math.min(turns[place], answers.length - 1)] ?? {}
    turns[place] += 1
    const written = writtenOf(deviation.api, place, answer)
    exchanges.push(recordedOf(pathOf(deviation), body, answer, written))
    requested.push(`${target} ${body.toString('latin1')}`)
    spoken.push(place === 'call' && turns.call === 1 ? (deviation.calls ?? 1) : 0)
    await write(socket, answer, written)
  }
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => open.delete(socket))
    requestsOf(socket, (target, body) => {
      take(socket, target, body).catch(() => socket.destroy())
    })
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
        for (const socket of open) socket.destroy()
      }),
  }
}
