import { afterEach, expect, test } from 'vitest'
import type { Connection } from '../types.ts'
import { listenTcp, targetOf } from './loopback.ts'
import { createTransport } from './send.ts'

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const plain = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK'

/** Three requests on a connection of their own, answered with these bytes; tells what became of the connection. */
const connections = async (answer: string, hangsUp: boolean): Promise<Connection[]> => {
  const server = await listenTcp((socket) => {
    socket.write(answer)
    if (hangsUp) socket.end()
  })
  cleanups.push(server.close)
  const transport = createTransport(targetOf(server.url))
  cleanups.push(transport.close)
  const line = transport.alone?.()
  if (!line) throw new Error('there is no proxy, so there is a line')
  cleanups.push(line.close)
  const seen: Connection[] = []
  for (let count = 0; count < 3; count++) {
    const outcome = await line.send({ endpoint: 'GET /models', url: `${server.url}/models`, headers: [], headersMs: 5000 })
    expect(outcome.kind).toBe('response')
    seen.push(line.connection())
  }
  return seen
}

test.each([
  ['a server that keeps it', plain, false, 'kept'],
  ['a server that hangs up without a word', plain, true, 'dropped'],
  ['a server that says so', plain.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'), true, 'closed'],
  ['a server that only says so', plain.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'), false, 'closed'],
  ['HTTP/1.0', plain.replace('1.1', '1.0'), true, 'closed'],
  ['a body that ends with its connection', 'HTTP/1.1 200 OK\r\n\r\nOK', true, 'closed'],
] as const)('%s', async (_, answer, hangsUp, then) => {
  expect(await connections(answer, hangsUp)).toEqual(['first', then, then])
})

test('behind a proxy there is none', () => {
  const target = targetOf('http://127.0.0.1:1/v1')
  const transport = createTransport({ ...target, network: { ...target.network, proxy: 'http://127.0.0.1:1' } })
  cleanups.push(transport.close)
  expect(transport.alone?.()).toBeUndefined()
})
