import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ClientRow, callRows, chatRows, type Expected, refusalRows } from '../testing/client-rows.ts'
import { responsesRows } from '../testing/client-rows-responses.ts'
import { profileOf, replay, replayWith } from './replay.ts'

const rows = [...chatRows, ...callRows, ...refusalRows, ...responsesRows]
const columns: Readonly<Record<string, (row: ClientRow) => Expected>> = {
  'opencode-1.18': ({ opencode }) => opencode,
  'ai-sdk-6': ({ sdk6 }) => sdk6,
  'ai-sdk-7': ({ sdk7 }) => sdk7,
  'openai-node': ({ openai }) => openai,
}

const nameOf = ({ id, form }: ClientRow): string => (form === undefined ? id : `${id} ${form}`)

describe.each(Object.keys(columns))('%s', (client) => {
  test.each(rows.map((row) => [nameOf(row), row] as const))('%s', async (_, row) => {
    const { result, symptom, error } = await replay(row.exchange, client)
    const seen = result === 'degraded' ? 'works' : result
    expect([seen, symptom, error]).toEqual([columns[client]?.(row), client === 'opencode-1.18' ? (row.symptom ?? symptom) : symptom, error])
  })
})

describe('a replay that tells nothing', () => {
  const [row] = chatRows
  if (!row) throw new Error('there are rows')
  const { outcome } = row.exchange
  if (outcome.kind !== 'response') throw new Error('the first row has an answer')
  const endedBy = async (endReason: string) =>
    (await replay({ ...row.exchange, outcome: { ...outcome, end: 'stopped', endReason } }, 'opencode-1.18')).symptom

  test('was ended by the recorder, unless the endpoint would never have ended', async () => {
    expect([
      await endedBy('interrupted'),
      await endedBy('3 events'),
      await endedBy('1000000 events'),
      await endedBy('more than 9 bytes'),
    ]).toEqual(['not-whole', 'not-whole', 'hangs', 'hangs'])
  })

  test('is of a client that cannot be loaded, and says so', async () => {
    const profile = { ...profileOf('ai-sdk-7'), load: () => Promise.reject(new SyntaxError('too new')) }
    expect(await replayWith(row.exchange, profile)).toMatchObject({ result: 'unknown', symptom: 'not-loaded' })
  })

  test('is of no client that exists', () => {
    expect(() => replay(row.exchange, 'nobody')).toThrow('nobody')
  })
})

test.each(Object.keys(columns))('%s is replayed whatever the bytes are', async (client) => {
  const source = rows.filter(({ exchange }) => exchange.outcome.kind === 'response' && exchange.outcome.status === 200)
  const bend = fc.record({
    row: fc.nat(source.length - 1),
    cuts: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.uint8Array({ maxLength: 6 })), { minLength: 1, maxLength: 4 }),
  })
  await fc.assert(
    fc.asyncProperty(bend, async ({ row, cuts }) => {
      const { exchange } = source[row] as ClientRow
      if (exchange.outcome.kind !== 'response') return
      let body = Buffer.from(exchange.outcome.body)
      for (const [place, bytes] of cuts) {
        const at = Math.floor(place * body.length)
        body = Buffer.concat([body.subarray(0, at), bytes, body.subarray(at + bytes.length)])
      }
      const { symptom, sees } = await replay({ ...exchange, outcome: { ...exchange.outcome, body } }, client)
      expect([symptom === 'not-replayed', sees.length > 0]).toEqual([false, true])
    }),
    { numRuns: 60, seed: 1 },
  )
})

test.each(Object.keys(columns))('%s shows a text that looks like a call, where calls are forbidden', async (client) => {
  const row = rows.find(({ id, form }) => id === 'CH-128' && form === 'fence')
  if (!row) throw new Error('there is a call in a fence')
  const { request } = row.exchange
  const body = JSON.stringify({ ...JSON.parse(Buffer.from(request.body).toString('utf8')), tool_choice: 'none' })
  const forbidden = { ...row.exchange, request: { ...request, body: Buffer.from(body) } }
  expect((await replay(row.exchange, client)).symptom).toBe('tool-call-as-text')
  expect(['works', 'degraded']).toContain((await replay(forbidden, client)).result)
})
