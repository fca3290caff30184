import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { streamGranularity } from './stream-granularity.ts'

const say = (texts: readonly string[], usage?: object, more: object = {}) =>
  chatStream([...texts.map((content) => ({ choices: [{ index: 0, delta: { content, ...more } }] })), { choices: [], usage }, '[DONE]'], {
    reads: { atMs: [1], ends: [100_000] },
  })
const long = 'The river runs to the sea. '.repeat(10)

test('holds', () => {
  expect(judged(streamGranularity, say([...long]))).toEqual(['held'])
  expect(
    judged(
      streamGranularity,
      say(['12 34 56 78 90 ', '12 34 56 78 90 ', '12 34 56 78 90 ', '12 34 56 78 90 ', '1'], { completion_tokens: 60 }),
    ),
  ).toEqual(['held'])
})
test('all at once', () => {
  expect(judged(streamGranularity, say([long]))).toEqual(['whole'])
  expect(judged(streamGranularity, say(['', long, '']))).toEqual(['whole'])
  expect(judged(streamGranularity, say(['12 34 56 '.repeat(7)], { completion_tokens: 60 }))).toEqual(['whole'])
})
test('short', () => {
  expect(judged(streamGranularity, say(['OK']))).toEqual(['unobserved'])
  expect(judged(streamGranularity, say(['OK'], { completion_tokens: 60 }))).toEqual(['unobserved'])
  expect(
    judged(streamGranularity, say(['12 34 56 '.repeat(7)], { completion_tokens: 60, completion_tokens_details: { reasoning_tokens: 30 } })),
  ).toEqual(['unobserved'])
  expect(judged(streamGranularity, say(['12 34 56 '.repeat(7)], { completion_tokens: 60 }, { tool_calls: [{ index: 0 }] }))).toEqual([
    'unobserved',
  ])
  expect(judged(streamGranularity, json('POST /chat/completions', {}))).toEqual(['unobserved'])
})
