import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { reachesPrompt } from './reaches-prompt.ts'

const answer = (prompt_tokens: unknown, status = 200) =>
  json('POST /chat/completions', { choices: [], usage: { prompt_tokens } }, { status })
const by = { step: 1, by: 100 }
const later = { step: 2, by: 100 }

test('holds', () => {
  expect(judged(reachesPrompt, [answer(14), answer(280)], by)).toEqual(['held'])
  expect(judged(reachesPrompt, [answer(14), answer(14), answer(114), answer(15)], later)).toEqual(['held'])
})
test('dropped', () => {
  expect(judged(reachesPrompt, [answer(14), answer(18)], by)).toEqual(['ignored'])
})
test('dropped in a later step', () => {
  expect(judged(reachesPrompt, [answer(14), answer(280), answer(14)], later)).toEqual(['ignored'])
})
test('a count that never changes', () => {
  expect(judged(reachesPrompt, [answer(14), answer(14), answer(14)], by)).toEqual(['unobserved'])
})
test('refused', () => {
  expect(judged(reachesPrompt, [answer(14), answer(0, 400)], by)).toEqual(['refused'])
  expect(judged(reachesPrompt, [answer(14), answer(0, 422)], by)).toEqual(['refused'])
})
test('nothing to compare', () => {
  expect(judged(reachesPrompt, [answer(14)], by)).toEqual(['unobserved'])
  expect(judged(reachesPrompt, [answer(14, 500), answer(280)], by)).toEqual(['unobserved'])
  expect(judged(reachesPrompt, [answer(14), answer(280, 500)], by)).toEqual(['unobserved'])
  expect(judged(reachesPrompt, [answer(14), answer(280, 401)], by)).toEqual(['unobserved'])
  expect(judged(reachesPrompt, [answer(0), answer(280)], by)).toEqual(['unobserved'])
  expect(judged(reachesPrompt, [answer('14'), answer(280)], by)).toEqual(['unobserved'])
})
