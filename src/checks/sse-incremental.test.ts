import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { sseIncremental } from './sse-incremental.ts'

const chunks = Array.from({ length: 60 }, (_, index) => ({ choices: [{ index: 0, delta: { content: `${index} ` } }] }))
const size = chunks.map((chunk) => Buffer.byteLength(`data: ${JSON.stringify(chunk)}\n\n`))

/** One read per chunk, arriving as told. */
const arriving = (atMs: (index: number) => number, endAtMs: number, count = 60) => {
  let end = 0
  const ends = size.slice(0, count).map((bytes) => (end += bytes))
  const reads = { atMs: ends.map((_, index) => atMs(index)), ends }
  return judged(sseIncremental, chatStream(chunks.slice(0, count), { reads, endAtMs }))
}

test('piece by piece', () => expect(arriving((index) => 100 + index * 20, 1400)).toEqual(['held']))
test('late, but piece by piece', () => expect(arriving((index) => 20_000 + index * 5, 20_400)).toEqual(['held']))
test('all at once', () => expect(arriving(() => 1390, 1400)).toEqual(['at-once']))
test('in two heaps', () => expect(arriving((index) => (index < 30 ? 1380 : 1390), 1400)).toEqual(['at-once']))
test('late, and in a few heaps', () => expect(arriving((index) => 1380 + Math.floor(index / 15) * 2, 1400)).toEqual(['late']))
test('cannot be told', () => {
  expect(arriving(() => 90, 100)).toEqual(['unobserved'])
  expect(arriving(() => 1390, 1400, 20)).toEqual(['unobserved'])
  expect(judged(sseIncremental, json('GET /models', {}))).toEqual(['unobserved'])
})

test('a second, fifty pieces and three arrivals are enough', () => {
  expect(arriving((index) => index, 1000, 50)).toEqual(['held'])
  expect(arriving((index) => index, 999, 50)).toEqual(['unobserved'])
  expect(arriving((index) => index, 1000, 49)).toEqual(['unobserved'])
  expect(arriving((index) => Math.min(index, 2), 1000)).toEqual(['held'])
  expect(arriving((index) => Math.min(index, 1), 1000)).toEqual(['at-once'])
})
test('late is behind six tenths, in a twentieth of the time, and in fewer arrivals than a fifth of the pieces', () => {
  const heaps = (start: number, apart: number, count = 4) =>
    arriving((index) => start + Math.min(count - 1, Math.floor(index / 15)) * apart, 10_000)
  expect(heaps(6001, 100)).toEqual(['late'])
  expect(heaps(6000, 100)).toEqual(['held'])
  expect(heaps(6001, 166)).toEqual(['late'])
  expect(heaps(6001, 167)).toEqual(['held'])
  const arrivals = (count: number) => arriving((index) => 9000 + Math.floor((index * count) / 60), 10_000)
  expect(arrivals(11)).toEqual(['late'])
  expect(arrivals(12)).toEqual(['held'])
})
test('what tells of an arrival is text of any kind', () => {
  const with60 = (make: (index: number) => object) => {
    const list = Array.from({ length: 60 }, (_, index) => make(index))
    let end = 0
    const ends = list.map((each) => (end += Buffer.byteLength(`data: ${JSON.stringify(each)}\n\n`)))
    return judged(sseIncremental, chatStream(list, { reads: { atMs: ends.map(() => 1390), ends }, endAtMs: 1400 }))
  }
  const chunk = (delta: unknown) => ({ choices: [{ index: 0, delta }] })
  for (const delta of [{ content: 'x' }, { reasoning_content: 'x' }, { reasoning: 'x' }, { tool_calls: [] }])
    expect(with60(() => chunk(delta))).toEqual(['at-once'])
  for (const delta of [{}, { content: '' }, { content: null }, { role: 'x' }, null])
    expect(with60(() => chunk(delta))).toEqual(['unobserved'])
  for (const type of ['response.output_text.delta', 'content_block_delta']) expect(with60(() => ({ type }))).toEqual(['at-once'])
  for (const type of ['response.delta.done', 'content_block_start']) expect(with60(() => ({ type }))).toEqual(['unobserved'])
  expect(with60(() => ({ type: 'x', ...chunk({ content: 'x' }) }))).toEqual(['unobserved'])
})
