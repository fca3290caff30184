import { afterEach, expect, test } from 'vitest'
import { wrongKey } from '../target/target.ts'
import { listenHttp, targetOf } from '../transport/loopback.ts'
import { createTransport } from '../transport/send.ts'
import type { Exchange } from '../types.ts'
import { createRecorder } from './exchange.ts'

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

type Answer = readonly [status: number, headers?: Record<string, string>]
const key = 'sk-right-0123456789'

/** A recorder before a server that gives the answers in turn, the last one for ever. */
const record = async (
  answers: readonly Answer[],
  { budget = 99, signal = new AbortController().signal, onExchange = (_: Exchange) => {} } = {},
) => {
  let served = 0
  const server = await listenHttp((request, reply) => {
    const [status, headers = {}] = answers[Math.min(served++, answers.length - 1)] as Answer
    request.resume().on('end', () => reply.writeHead(status, headers).end(`answer ${served}`))
  })
  const target = targetOf(server.url, { key })
  const transport = createTransport(target)
  cleanups.push(server.close, transport.close)
  const seen: Exchange[] = []
  const recorder = createRecorder({
    target,
    transport,
    signal,
    admit: () => budget-- > 0,
    onExchange: (exchange) => {
      seen.push(exchange)
      onExchange(exchange)
    },
  })
  const headers = [
    ['authorization', `Bearer ${key}`],
    ['x-wrong', wrongKey],
  ] as const
  const outgoing = {
    endpoint: 'POST /x',
    url: `${server.url}/x?key=${key}`,
    headers,
    body: Buffer.from(`{"k":"${key}"}`),
    headersMs: 5000,
  } as const
  const last = await recorder.record({ probe: 's/p', attempt: 2, step: 1, auth: 'target' }, outgoing)
  return { seen, last, statuses: seen.map(({ outcome }) => ('status' in outcome ? outcome.status : outcome.code)), served: () => served }
}

const soon = { 'retry-after-ms': '1' }

test('what is asked for patience with is sent again, and every try is recorded', async () => {
  const { seen, last, statuses } = await record([[429, soon], [503, soon], [200]])
  expect(statuses).toEqual([429, 503, 200])
  expect(seen.map((exchange) => exchange.try)).toEqual([1, 2, 3])
  expect(last).toBe(seen[2])
  expect(last).toMatchObject({ probe: 's/p', attempt: 2, step: 1, auth: 'target' })
  const times = seen.map(({ request }) => request.sentAtMs)
  expect(times).toEqual([...times].sort((one, other) => one - other))
})

test('patience has an end', async () => {
  expect((await record([[429, soon]])).statuses).toEqual([429, 429, 429, 429])
  expect((await record([[429, { 'retry-after': '3600' }]])).statuses).toEqual([429])
})

test.each([200, 301, 400, 401, 404, 408, 409, 500, 502, 504])('%i is not sent again, whatever its headers say', async (status) => {
  expect((await record([[status, { ...soon, 'retry-after': '0' }]])).statuses).toEqual([status])
})

test('nothing secret is recorded of a request', async () => {
  const { last } = await record([[200]])
  expect(last?.request.url).toMatch(/\/x\?key=\[redacted\]$/)
  expect(last?.request.headers).toEqual([
    ['authorization', 'Bearer [redacted]'],
    ['x-wrong', wrongKey],
  ])
  expect(String(last?.request.body)).toBe('{"k":"[redacted]"}')
})

test('a budget that runs out between two tries keeps the first', async () => {
  const { last, seen } = await record([[429, soon]], { budget: 1 })
  expect(seen).toHaveLength(1)
  expect(last).toBe(seen[0])
  expect((await record([[200]], { budget: 0 })).last).toBeUndefined()
})

test('an interruption during the wait leaves the answer that asked for it', async () => {
  const controller = new AbortController()
  const { seen, last, served } = await record([[429, { 'retry-after': '50' }]], {
    signal: controller.signal,
    onExchange: () => controller.abort(),
  })
  expect([seen.length, served()]).toEqual([1, 1])
  expect(last?.outcome).toMatchObject({ status: 429 })
})
