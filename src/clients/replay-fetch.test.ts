import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { exchange } from '../testing/exchanges.ts'
import type { Exchange, Response } from '../types.ts'
import { createReplayFetch } from './replay-fetch.ts'

const answered = (more: Partial<Response>): Exchange => {
  const made = exchange({ body: 'abcdef' })
  return { ...made, outcome: { ...(made.outcome as Response), ...more } }
}

const pieces = async (response: globalThis.Response): Promise<string[]> => {
  const read: string[] = []
  for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) read.push(Buffer.from(piece).toString('utf8'))
  return read
}

test('hands out status, headers and the pieces in which the body came', async () => {
  const { fetch, waited } = createReplayFetch(
    answered({
      status: 201,
      headers: [
        ['x-a', '1'],
        ['bad name', 'x'],
      ],
      reads: { atMs: [1, 2], ends: [2, 5] },
    }),
    { runtime: 'node' },
  )
  const response = await fetch('http://nowhere.invalid')
  expect([response.status, response.ok, response.headers.get('x-a'), await pieces(response), waited()]).toEqual([
    201,
    true,
    '1',
    ['ab', 'cde', 'f'],
    false,
  ])
})

test('gives the same answer again', async () => {
  const { fetch } = createReplayFetch(answered({}), { runtime: 'node' })
  expect([await (await fetch('')).text(), await (await fetch('')).text()]).toEqual(['abcdef', 'abcdef'])
})

test('a cut body ends as a cut connection does', async () => {
  const { fetch } = createReplayFetch(answered({ end: 'truncated' }), { runtime: 'node' })
  await expect((await fetch('')).text()).rejects.toThrow(new TypeError('terminated'))
})

test('a body that was held open makes the reader wait, which is told', async () => {
  const { fetch, waited } = createReplayFetch(answered({ end: 'timeout' }), { runtime: 'node' })
  const response = await fetch('')
  expect(waited()).toBe(false)
  await expect(response.text()).rejects.toThrow('still open')
  expect(waited()).toBe(true)
})

test('a coding is taken off, and one that lies ends the body', async () => {
  const headers = [['content-encoding', 'gzip']] as const
  const good = createReplayFetch(answered({ headers, body: gzipSync('abc'), reads: { atMs: [], ends: [] } }), { runtime: 'node' })
  expect(await (await good.fetch('')).text()).toBe('abc')
  const bad = createReplayFetch(answered({ headers }), { runtime: 'node' })
  await expect((await bad.fetch('')).text()).rejects.toThrow('terminated')
})

test('Bun knows codings by their very letters, and gives up at once on some that lie', async () => {
  const body = gzipSync('abc')
  const labelled = (coding: string, own: Uint8Array = body) =>
    createReplayFetch(answered({ headers: [['content-encoding', coding]], body: own, reads: { atMs: [], ends: [] } }), { runtime: 'bun' })
  expect(await (await labelled('gzip').fetch('')).text()).toBe('abc')
  for (const coding of ['GZIP', 'x-gzip', 'none'])
    expect(Buffer.from(await (await labelled(coding).fetch('')).arrayBuffer()).equals(body)).toBe(true)
  for (const coding of ['br', 'zstd']) await expect(labelled(coding, Buffer.from('plain')).fetch('')).rejects.toThrow('DecompressionError')
})

test('what is no HTTP is a failure of the connection in Node, and none in Bun', async () => {
  const made = {
    ...exchange({ body: '' }),
    outcome: { kind: 'failure', code: 'HPE_INVALID_CONSTANT', message: 'no HTTP', atMs: 1 },
  } as const
  await expect(createReplayFetch(made, { runtime: 'node' }).fetch('')).rejects.toThrow('fetch failed')
  await expect(createReplayFetch(made, { runtime: 'bun' }).fetch('')).rejects.toThrow('Malformed_HTTP_Response')
})

test('204 has no body in Node, and an empty one in Bun', async () => {
  const empty = answered({ status: 204, body: new Uint8Array(), reads: { atMs: [], ends: [] } })
  const [node, bun] = await Promise.all((['node', 'bun'] as const).map((runtime) => createReplayFetch(empty, { runtime }).fetch('')))
  expect([node?.status, node?.body, bun?.status, await bun?.text()]).toEqual([204, null, 204, ''])
})

test('a status outside of what a Response may have is told all the same', async () => {
  const response = await createReplayFetch(answered({ status: 999 }), { runtime: 'node' }).fetch('')
  expect([response.status, response.ok]).toEqual([999, false])
})

test('no connection is no connection, and no answer in time is waiting', async () => {
  const refused = createReplayFetch(exchange({ failure: 'ECONNREFUSED' }), { runtime: 'node' })
  await expect(refused.fetch('')).rejects.toThrow('fetch failed')
  const late = createReplayFetch(exchange({ failure: 'TIMEOUT' }), { runtime: 'node' })
  await expect(late.fetch('')).rejects.toThrow()
  expect([refused.waited(), late.waited()]).toEqual([false, true])
})
