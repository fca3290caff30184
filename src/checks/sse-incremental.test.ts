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
