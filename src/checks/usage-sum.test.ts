import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { usageSum } from './usage-sum.ts'

const answer = (usage: unknown) => json('POST /chat/completions', { choices: [], usage })

test('holds', () => {
  expect(judged(usageSum, answer({ prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 }))).toEqual(['held'])
  expect(judged(usageSum, chatStream([{ choices: [], usage: { prompt_tokens: 3, completion_tokens: 0, total_tokens: 3 } }]))).toEqual([
    'held',
  ])
})
test('another sum', () => {
  expect(judged(usageSum, answer({ prompt_tokens: 3, completion_tokens: 4, total_tokens: 9 }))).toEqual(['sum'])
  expect(judged(usageSum, chatStream([{ choices: [], usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 3 } }]))).toEqual([
    'sum',
  ])
})
test('no three counts', () => {
  expect(judged(usageSum, answer({ prompt_tokens: 3, completion_tokens: '4', total_tokens: 9 }))).toEqual(['unobserved'])
  expect(judged(usageSum, answer(null))).toEqual(['unobserved'])
  expect(judged(usageSum, chatStream([{ choices: [] }]))).toEqual(['unobserved'])
})
