import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, decide, find, LIMIT, refusal, type Shop } from './answer.ts'
import { type Bend, bad, type Head, type Where } from './bend.ts'
import { faults } from './faults.ts'
import { str } from './text.ts'
import { variants } from './variants.ts'

/** How to start the server; `pace` is the pause between two blocks of a stream in milliseconds. */
export type ForeignOptions = {
  fault?: string
  variant?: string
  key?: string
  models?: string[]
  pace?: number
  now?: () => number
}

async function read(req: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of req as AsyncIterable<Buffer>) {
    size += part.length
    if (size <= LIMIT) parts.push(part)
    else parts.length = 0
  }
  return size > LIMIT ? undefined : Buffer.concat(parts)
}

async function finish(shop: Shop, res: ServerResponse, where: Where): Promise<void> {
  const ending = shop.bend.ending?.(where) ?? 'end'
  if (ending === 'cut') {
    // What was written is still on its way to the socket in this tick.
    await sleep(10)
    res.socket?.destroySoon()
    return
  }
  if (ending === 'hold') await sleep(4000)
  const { socket } = res
  res.end()
  if (ending === 'hang-up') res.once('finish', () => socket?.destroySoon())
}

async function sendStream(shop: Shop, res: ServerResponse, where: Where, answer: Answer, head: Head): Promise<void> {
  const { bend } = shop
  const blocks = bend.blocks?.(answer.blocks ?? [], where) ?? answer.blocks ?? []
  const bytes = blocks.map((block) => Buffer.from(block)).map((block) => (bend.bytes ? bend.bytes(block, where) : block))
  const pieces = bend.pieces?.(bytes, where) ?? bytes.map((block) => [block])
  head.fields.unshift(['content-type', 'text/event-stream'], ['cache-control', 'no-cache'])
  bend.head?.(head, where)
  res.writeHead(head.status, head.fields.flat())
  res.flushHeaders()
  // A few large writes take as long as many small ones.
  const slow = Math.min(10, Math.ceil(blocks.length / Math.max(1, pieces.length)))
  for (const [at, piece] of pieces.entries()) {
    if (res.destroyed) return
    for (const part of piece) {
      res.write(part)
      if (piece.length > 3 && shop.pace > 0) await new Promise(setImmediate)
    }
    if (shop.pace > 0 && (at < 100 || at % 10 === 0)) await sleep(shop.pace * slow)
  }
  await finish(shop, res, where)
}

async function sendText(shop: Shop, res: ServerResponse, where: Where, answer: Answer, head: Head): Promise<void> {
  const { bend } = shop
  const text = bend.json ? bend.json(answer.text ?? '', where) : (answer.text ?? '')
  const bytes = bend.bytes ? bend.bytes(Buffer.from(text), where) : Buffer.from(text)
  head.fields.unshift(['content-type', 'application/json'], ['content-length', String(bytes.length)])
  bend.head?.(head, where)
  res.writeHead(head.status, head.fields.flat())
  if (where.method !== 'HEAD') res.write(bytes)
  await finish(shop, res, where)
}

async function serve(shop: Shop, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const path = str(req.url).split('?')[0] ?? ''
  const place = find(path)
  const where: Where = {
    kind: place.kind,
    method: str(req.method),
    path,
    headers: req.headers,
    sent: undefined,
    stream: false,
    serial: ++shop.serial,
    status: 0,
  }
  const bytes = await read(req)
  let answer: Answer
  try {
    answer = decide(shop, where, place, bytes)
  } catch {
    answer = refusal({ ...bad('crash', null, 'The server failed.'), status: 500, type: 'server_error' })
  }
  const head: Head = { status: answer.status, fields: [...(answer.fields ?? [])] }
  head.fields.push(['x-request-id', `req-${where.serial.toString(36).padStart(6, '0')}`], ['date', new Date(shop.now()).toUTCString()])
  where.status = answer.status
  if (where.stream && answer.status >= 400 && shop.bend.lateErrors) {
    head.status = 200
    await sendStream(shop, res, where, { status: 200, blocks: [`data: ${answer.text}\n\n`, 'data: [DONE]\n\n'] }, head)
  } else if (answer.blocks) await sendStream(shop, res, where, answer, head)
  else await sendText(shop, res, where, answer, head)
}

function bendOf(options: ForeignOptions): Bend {
  if (options.fault === undefined && options.variant === undefined) return {}
  const found = [...faults, ...variants].find((one) => one.name === (options.fault ?? options.variant))
  if (found === undefined) throw new Error(`no fault or variant ${options.fault ?? options.variant}`)
  return found.bend
}

/** Starts the server on a free port of 127.0.0.1. */
export async function startForeign(options: ForeignOptions = {}): Promise<{ url: string; close(): Promise<void> }> {
  const shop: Shop = {
    bend: bendOf(options),
    key: options.key,
    models: options.models ?? ['boring-1', 'acme/boring-small'],
    pace: options.pace ?? 2,
    now: options.now ?? Date.now,
    store: new Map(),
    serial: 0,
    calls: 0,
  }
  const server = createServer({ keepAliveTimeout: 30_000 }, (req, res) => {
    res.sendDate = false
    res.socket?.setNoDelay(true)
    serve(shop, req, res).catch(() => res.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
