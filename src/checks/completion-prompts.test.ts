import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { completionPrompts } from './completion-prompts.ts'

const answer = (indexes: readonly unknown[], request: Readonly<Record<string, unknown>> = { prompt: ['a', 'b'] }) =>
  json('POST /completions', { choices: indexes.map((index) => ({ text: 'x', index })) }, { request })
const refusal = (status: number) => json('POST /completions', { error: { message: 'No.' } }, { status, request: { prompt: ['a', 'b'] } })

test('holds', () => {
  expect(judged(completionPrompts, answer([0, 1]))).toEqual(['held'])
  expect(judged(completionPrompts, answer([1, 0]))).toEqual(['held'])
  expect(judged(completionPrompts, answer([0], { prompt: [5, 6, 7] }))).toEqual(['held'])
  expect(judged(completionPrompts, answer([0, 1, 2, 3], { prompt: [[5], [6]], n: 2 }))).toEqual(['held'])
  expect(judged(completionPrompts, refusal(400))).toEqual(['held'])
  expect(judged(completionPrompts, refusal(422))).toEqual(['held', 'note:lenient'])
})
test('another number of choices', () => {
  expect(judged(completionPrompts, answer([0]))).toEqual(['count'])
  expect(judged(completionPrompts, answer([0, 1, 2], { prompt: [5, 6, 7] }))).toEqual(['count'])
})
test('an index twice, or beyond', () => {
  expect(judged(completionPrompts, answer([0, 0]))).toEqual(['index'])
  expect(judged(completionPrompts, answer([1, 2]))).toEqual(['index'])
})
test('another refusal', () => {
  expect(judged(completionPrompts, refusal(410))).toEqual(['status'])
})
test('nothing to look at', () => {
  expect(judged(completionPrompts, answer([0], { prompt: 'a' }))).toEqual(['unobserved'])
  expect(judged(completionPrompts, answer(['0', 1]))).toEqual(['unobserved'])
  expect(judged(completionPrompts, refusal(500))).toEqual(['unobserved'])
  expect(judged(completionPrompts, refusal(429))).toEqual(['unobserved'])
  expect(judged(completionPrompts, json('POST /completions', { error: {} }, { request: { prompt: ['a', 'b'] } }))).toEqual(['unobserved'])
})
