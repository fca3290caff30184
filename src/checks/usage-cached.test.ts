import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { usageCached } from './usage-cached.ts'

const answer = (usage: unknown) => json('POST /chat/completions', { choices: [], usage })

test('holds', () => {
  expect(judged(usageCached, answer({ prompt_tokens: 9, prompt_tokens_details: { cached_tokens: 9 } }))).toEqual(['held'])
  expect(judged(usageCached, answer({ prompt_tokens: 9, prompt_tokens_details: { cached_tokens: 0 } }))).toEqual(['held'])
})
test('more than the prompt', () => {
  expect(judged(usageCached, answer({ prompt_tokens: 9, prompt_tokens_details: { cached_tokens: 10 } }))).toEqual(['above-prompt'])
})
test('not reported', () => {
  expect(judged(usageCached, answer({ prompt_tokens: 9 }))).toEqual(['unobserved'])
  expect(judged(usageCached, answer({ prompt_tokens: 9, prompt_tokens_details: null }))).toEqual(['unobserved'])
  expect(judged(usageCached, answer({ prompt_tokens: 9, prompt_tokens_details: { cached_tokens: '4' } }))).toEqual(['unobserved'])
})
