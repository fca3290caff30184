import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { historyKept } from './history-kept.ts'

const messages = [
  { role: 'user', content: 'My code word is qwertyuiopasdfgh. Keep it.' },
  { role: 'assistant', content: 'Noted.' },
  { role: 'user', content: 'Repeat my code word.' },
]
const base = (prompt_tokens?: number) => json('POST /chat/completions', { choices: [], usage: { prompt_tokens } })
const answer = (content: unknown, prompt_tokens?: number, status = 200) =>
  json(
    'POST /chat/completions',
    { choices: [{ index: 0, message: { content } }], usage: { prompt_tokens } },
    { status, request: { messages } },
  )
const by = { step: 1, by: 75 }

test('holds', () => {
  expect(judged(historyKept, [base(14), answer('It is QWERTYUIOPASDFGH.', 14)], by)).toEqual(['held'])
  expect(judged(historyKept, [base(14), answer('no idea', 190)], by)).toEqual(['held'])
  expect(judged(historyKept, [base(), answer('qwertyuiopasdfgh')], by)).toEqual(['held'])
})
test('earlier turns were dropped', () => {
  expect(judged(historyKept, [base(14), answer('no idea', 15)], by)).toEqual(['ignored'])
  expect(judged(historyKept, [base(14), answer(null, 15)], by)).toEqual(['ignored'])
})
test('refused', () => {
  expect(judged(historyKept, [base(14), answer('', 0, 400)], by)).toEqual(['refused'])
  // maybe for the sake of thoughts that were left out
  expect(judged(historyKept, [base(14), answer('', 0, 400)], by, ['thinks'])).toEqual(['unobserved'])
})
test('no evidence', () => {
  expect(judged(historyKept, [base(), answer('no idea', 190)], by)).toEqual(['unobserved'])
  expect(judged(historyKept, [base(14), answer('no idea')], by)).toEqual(['unobserved'])
  expect(judged(historyKept, answer('no idea', 190), by)).toEqual(['unobserved'])
  expect(judged(historyKept, [base(14), answer('', 0, 500)], by)).toEqual(['unobserved'])
  expect(judged(historyKept, [base(14), answer('no idea', 14), answer('no idea', 14)], by)).toEqual(['unobserved'])
})
