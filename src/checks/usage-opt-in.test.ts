import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { usageOptIn } from './usage-opt-in.ts'

const piece = (delta: object, finish_reason: unknown = null, index: unknown = 0) => ({
  id: 'a',
  choices: [{ index, delta, finish_reason }],
})
const stream = (chunks: readonly (object | string)[], asked = true) =>
  chatStream(chunks, asked ? { request: { stream_options: { include_usage: true } } } : {})
const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }

test('holds', () => {
  expect(judged(usageOptIn, stream([piece({}), { ...piece({}), usage: null }], false))).toEqual(['held'])
})
test('unasked', () => {
  expect(judged(usageOptIn, stream([{ ...piece({}), usage }], false))).toEqual(['unasked'])
})
test('asked for', () => {
  expect(judged(usageOptIn, stream([{ choices: [], usage }]))).toEqual(['unobserved'])
  expect(judged(usageOptIn, stream([], false))).toEqual(['unobserved'])
  expect(judged(usageOptIn, json('POST /chat/completions', { usage }))).toEqual(['unobserved'])
})
