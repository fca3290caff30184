import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { usageOnRequest } from './usage-on-request.ts'

const piece = (delta: object, finish_reason: unknown = null, index: unknown = 0) => ({
  id: 'a',
  choices: [{ index, delta, finish_reason }],
})
const stream = (chunks: readonly (object | string)[], asked = true) =>
  chatStream(chunks, asked ? { request: { stream_options: { include_usage: true } } } : {})
const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }

test('holds', () => {
  expect(judged(usageOnRequest, stream([piece({}, 'stop'), { choices: [], usage }, '[DONE]']))).toEqual(['held'])
  expect(judged(usageOnRequest, stream([{ ...piece({}, 'stop'), usage }, '[DONE]']))).toEqual(['held'])
  expect(judged(usageOnRequest, stream([{ choices: [], usage }]))).toEqual(['held'])
})
test('not sent', () => {
  expect(judged(usageOnRequest, stream([piece({}, 'stop'), '[DONE]']))).toEqual(['missing'])
  expect(judged(usageOnRequest, stream([{ ...piece({}, 'stop'), usage: null }, '[DONE]']))).toEqual(['missing'])
  expect(judged(usageOnRequest, stream([piece({}, 'stop')]))).toEqual(['missing'])
})
test('sent inside a choice', () => {
  expect(judged(usageOnRequest, stream([{ choices: [{ index: 0, delta: {}, finish_reason: 'stop', usage }] }, '[DONE]']))).toEqual([
    'misplaced',
  ])
})
test('not asked for, cut short, failed, or for others', () => {
  expect(judged(usageOnRequest, stream([piece({}, 'stop'), '[DONE]'], false))).toEqual(['unobserved'])
  expect(judged(usageOnRequest, stream([piece({})]))).toEqual(['unobserved'])
  expect(judged(usageOnRequest, stream([piece({}), { error: { message: 'no' } }, '[DONE]']))).toEqual(['unobserved'])
  expect(judged(usageOnRequest, stream([piece({}, 'stop'), '[DONE]', { choices: [], usage }]))).toEqual(['unobserved'])
  expect(judged(usageOnRequest, stream([{ choices: [], usage: 5 }, '[DONE]']))).toEqual(['unobserved'])
  expect(judged(usageOnRequest, stream(['[DONE]']))).toEqual(['unobserved'])
  expect(
    judged(usageOnRequest, json('POST /chat/completions', {}, { request: { stream: true, stream_options: { include_usage: true } } })),
  ).toEqual(['unobserved'])
})
