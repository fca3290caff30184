import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { streamN } from './stream-n.ts'

const piece = (delta: object, finish_reason: unknown = null, index: unknown = 0) => ({
  id: 'a',
  choices: [{ index, delta, finish_reason }],
})
const stream = (...indexes: unknown[]) =>
  chatStream([...indexes.map((index) => piece({ content: 'a' }, null, index)), '[DONE]'], { request: { n: 2 } })
const plain = (count: number) =>
  json('POST /chat/completions', { choices: Array.from({ length: count }, (_, index) => ({ index })) }, { request: { n: 2 } })

test('holds', () => {
  expect(judged(streamN, stream(0, 1, 0, 1))).toEqual(['held'])
  expect(judged(streamN, [plain(2), stream(1, 0)])).toEqual(['held'])
})
test('one instead', () => {
  expect(judged(streamN, stream(0, 0))).toEqual(['ignored'])
  expect(judged(streamN, [plain(2), stream(0)])).toEqual(['ignored'])
})
test('other choices', () => {
  expect(judged(streamN, stream(0, 1, 2))).toEqual(['choices'])
  expect(judged(streamN, stream(1))).toEqual(['choices'])
})
test('ignored unstreamed too, or no such stream', () => {
  expect(judged(streamN, [plain(1), stream(0)])).toEqual(['unobserved'])
  expect(judged(streamN, stream('0'))).toEqual(['unobserved'])
  expect(judged(streamN, stream())).toEqual(['unobserved'])
  expect(judged(streamN, chatStream([piece({})]))).toEqual(['unobserved'])
  expect(judged(streamN, plain(2))).toEqual(['unobserved'])
  expect(judged(streamN, chatStream([piece({}), { error: { message: 'no' } }], { request: { n: 2 } }))).toEqual(['unobserved'])
})
