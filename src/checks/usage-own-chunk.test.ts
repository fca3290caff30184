import { expect, test } from 'vitest'
import { chatStream, judged } from '../testing/transcript.ts'
import { usageOwnChunk } from './usage-own-chunk.ts'

const piece = (delta: object, finish_reason: unknown = null, index: unknown = 0) => ({
  id: 'a',
  choices: [{ index, delta, finish_reason }],
})
const stream = (chunks: readonly (object | string)[], asked = true) =>
  chatStream(chunks, asked ? { request: { stream_options: { include_usage: true } } } : {})
const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }

test('holds', () => {
  expect(judged(usageOwnChunk, stream([piece({}, 'stop'), { choices: [], usage }, '[DONE]']))).toEqual(['held'])
})
test('beside choices', () => {
  expect(judged(usageOwnChunk, stream([{ ...piece({}, 'stop'), usage }, '[DONE]']))).toEqual(['choices-not-empty'])
})
test('not asked for, not there, or running totals', () => {
  expect(judged(usageOwnChunk, stream([{ ...piece({}, 'stop'), usage }], false))).toEqual(['unobserved'])
  expect(judged(usageOwnChunk, stream([piece({}, 'stop')]))).toEqual(['unobserved'])
  expect(
    judged(
      usageOwnChunk,
      stream([
        { ...piece({}), usage },
        { ...piece({}, 'stop'), usage },
      ]),
    ),
  ).toEqual(['unobserved'])
  expect(judged(usageOwnChunk, stream([{ usage }]))).toEqual(['unobserved'])
})
