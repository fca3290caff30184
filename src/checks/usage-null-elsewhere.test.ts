import { expect, test } from 'vitest'
import { chatStream, judged } from '../testing/transcript.ts'
import { usageNullElsewhere } from './usage-null-elsewhere.ts'

const piece = (delta: object, finish_reason: unknown = null, index: unknown = 0) => ({
  id: 'a',
  choices: [{ index, delta, finish_reason }],
})
const stream = (chunks: readonly (object | string)[], asked = true) =>
  chatStream(chunks, asked ? { request: { stream_options: { include_usage: true } } } : {})
const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }

test('holds', () => {
  expect(
    judged(usageNullElsewhere, stream([{ ...piece({}), usage: null }, { choices: [], sglext: {} }, { choices: [], usage }, '[DONE]'])),
  ).toEqual(['held'])
})
test('left out', () => {
  expect(judged(usageNullElsewhere, stream([piece({}), { ...piece({}), usage: null }, { choices: [], usage }]))).toEqual(['absent'])
})
test('not asked for, or ignored altogether', () => {
  expect(judged(usageNullElsewhere, stream([piece({}), { choices: [], usage }], false))).toEqual(['unobserved'])
  expect(judged(usageNullElsewhere, stream([piece({})]))).toEqual(['unobserved'])
  expect(judged(usageNullElsewhere, stream([{ ...piece({}), usage }]))).toEqual(['unobserved'])
})
