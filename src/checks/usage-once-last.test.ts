import { expect, test } from 'vitest'
import { chatStream, judged } from '../testing/transcript.ts'
import { usageOnceLast } from './usage-once-last.ts'

const piece = (delta: object, finish_reason: unknown = null, index: unknown = 0) => ({
  id: 'a',
  choices: [{ index, delta, finish_reason }],
})
const stream = (chunks: readonly (object | string)[], asked = true) =>
  chatStream(chunks, asked ? { request: { stream_options: { include_usage: true } } } : {})
const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }

test('holds', () => {
  expect(judged(usageOnceLast, stream([piece({}, 'stop'), { choices: [], usage }, '[DONE]']))).toEqual(['held'])
  expect(judged(usageOnceLast, stream([{ ...piece({}, 'stop'), usage }, '[DONE]', piece({})]))).toEqual(['held'])
})
test('on several chunks', () => {
  expect(judged(usageOnceLast, stream([{ ...piece({}), usage }, { ...piece({}), usage }, { choices: [], usage }, '[DONE]']))).toEqual([
    'repeated',
  ])
})
test('usage without a count is judged elsewhere', () => {
  expect(
    judged(usageOnceLast, stream([{ ...piece({}), usage: {} }, { ...piece({}, 'stop'), usage: {} }, { choices: [], usage }, '[DONE]'])),
  ).toEqual(['held'])
})
test('followed by a chunk', () => {
  expect(judged(usageOnceLast, stream([{ choices: [], usage }, piece({}, 'stop'), '[DONE]']))).toEqual(['not-last'])
})
test('not asked for, not there', () => {
  expect(judged(usageOnceLast, stream([{ choices: [], usage }, piece({})], false))).toEqual(['unobserved'])
  expect(judged(usageOnceLast, stream([piece({})]))).toEqual(['unobserved'])
})
