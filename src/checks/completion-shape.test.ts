import { expect, test } from 'vitest'
import { json, judged, raw } from '../testing/transcript.ts'
import { completionShape } from './completion-shape.ts'

const choice = (index: unknown) => ({ text: 'a', index, logprobs: null, finish_reason: 'length' })
const answer = (indexes: readonly unknown[], request: object = {}, usage: unknown = undefined) =>
  json('POST /completions', { choices: indexes.map(choice), usage }, { request: { prompt: 'Once', ...request } })

test('holds', () => {
  expect(judged(completionShape, answer([0]))).toEqual(['held'])
  expect(judged(completionShape, answer([0, 1], { n: 2 }))).toEqual(['held'])
  expect(judged(completionShape, answer([1, 0], { prompt: ['a', 'b'] }))).toEqual(['held'])
  expect(judged(completionShape, answer([0, 1], { best_of: 2 }))).toEqual(['held'])
  expect(judged(completionShape, answer([0], {}, { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 }))).toEqual(['held'])
})
test('too many choices', () => {
  expect(judged(completionShape, answer([0, 1]))).toEqual(['count'])
})
test('another index', () => {
  expect(judged(completionShape, answer([1]))).toEqual(['index'])
})
test('counts that do not add up', () => {
  expect(judged(completionShape, answer([0], {}, { prompt_tokens: 1, completion_tokens: 2, total_tokens: 2 }))).toEqual(['sum'])
})
test('a stream unasked', () => {
  const headers = [['content-type', 'text/event-stream']] as const
  expect(judged(completionShape, raw('POST /completions', 'data: [DONE]\n\n', { headers, request: { prompt: 'a' } }))).toEqual(['streamed'])
})
test('nothing to look at', () => {
  expect(judged(completionShape, answer([]))).toEqual(['unobserved'])
  expect(judged(completionShape, json('POST /completions', { choices: {} }))).toEqual(['unobserved'])
  expect(judged(completionShape, json('POST /completions', null))).toEqual(['unobserved'])
  expect(judged(completionShape, answer(['0'], {}, { total_tokens: 'x' }))).toEqual(['held'])
})
