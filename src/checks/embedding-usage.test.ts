import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { embeddingUsage } from './embedding-usage.ts'

const answer = (usage: unknown) => json('POST /embeddings', { usage })

test('holds', () => {
  expect(judged(embeddingUsage, answer({ prompt_tokens: 5, total_tokens: 5, completion_tokens: 0 }))).toEqual(['held'])
})
test('another total', () => {
  expect(judged(embeddingUsage, answer({ prompt_tokens: 5, total_tokens: 6 }))).toEqual(['sum'])
})
test('nothing to look at', () => {
  expect(judged(embeddingUsage, answer({ prompt_tokens: '5', total_tokens: 6 }))).toEqual(['unobserved'])
  expect(judged(embeddingUsage, answer(null))).toEqual(['unobserved'])
})
