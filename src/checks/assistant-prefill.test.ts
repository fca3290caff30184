import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { assistantPrefill } from './assistant-prefill.ts'

const answer = (content: unknown, status = 200) =>
  json('POST /chat/completions', { choices: [{ index: 0, message: { content } }] }, { status })

test('both readings are told', () => {
  expect(judged(assistantPrefill, answer(' 3, 4, 5'))).toEqual(['held', 'note:continuation'])
  expect(judged(assistantPrefill, answer('1, 2, 3'))).toEqual(['held', 'note:new-turn'])
})
test('nothing to tell', () => {
  expect(judged(assistantPrefill, answer(''))).toEqual(['unobserved'])
  expect(judged(assistantPrefill, answer(null))).toEqual(['unobserved'])
  expect(judged(assistantPrefill, answer('3', 400))).toEqual(['unobserved'])
})
