import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { usageReasoning } from './usage-reasoning.ts'

const answer = (reasoning_content: string | undefined, completion_tokens_details: unknown, completion_tokens: unknown = 20) =>
  json('POST /chat/completions', {
    choices: [{ index: 0, message: { content: 'OK', reasoning_content } }],
    usage: { completion_tokens, completion_tokens_details },
  })

test('holds', () => {
  expect(judged(usageReasoning, answer('well', { reasoning_tokens: 20 }))).toEqual(['held'])
  expect(judged(usageReasoning, answer(undefined, { reasoning_tokens: 5 }))).toEqual(['held'])
})
test('not counted', () => {
  expect(judged(usageReasoning, answer('well', undefined))).toEqual(['missing'])
  expect(judged(usageReasoning, answer('well', null))).toEqual(['missing'])
  expect(judged(usageReasoning, answer('well', { reasoning_tokens: null }))).toEqual(['missing'])
  expect(judged(usageReasoning, answer('well', { reasoning_tokens: 0 }))).toEqual(['zero'])
})
test('more than the completion', () => {
  expect(judged(usageReasoning, answer('well', { reasoning_tokens: 21 }))).toEqual(['above-completion'])
  expect(judged(usageReasoning, answer(undefined, { reasoning_tokens: 21 }))).toEqual(['above-completion'])
})
test('no thoughts, no counts, another type', () => {
  expect(judged(usageReasoning, answer(undefined, undefined))).toEqual(['unobserved'])
  expect(judged(usageReasoning, answer('', { reasoning_tokens: 0 }))).toEqual(['unobserved'])
  expect(judged(usageReasoning, answer('well', undefined, '20'))).toEqual(['unobserved'])
  expect(judged(usageReasoning, answer('well', { reasoning_tokens: '5' }))).toEqual(['unobserved'])
  expect(judged(usageReasoning, answer('well', []))).toEqual(['unobserved'])
  expect(judged(usageReasoning, answer('well', { reasoning_tokens: 0 }, -1))).toEqual(['unobserved'])
})
