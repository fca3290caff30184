import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { usageMonotonic } from './usage-monotonic.ts'

const long = 'The river runs to the sea. '.repeat(40)
const answer = (prompt_tokens: unknown, content = 'Hi.', status = 200) =>
  json('POST /chat/completions', { usage: { prompt_tokens } }, { status, request: { messages: [{ role: 'user', content }] } })
const both = (prompt_tokens: number) =>
  json(
    'POST /chat/completions',
    { usage: { prompt_tokens } },
    {
      request: {
        messages: [
          { role: 'system', content: long },
          { role: 'user', content: 'Hi.' },
        ],
      },
    },
  )

test('holds', () => {
  expect(judged(usageMonotonic, [answer(9), answer(4, long)])).toEqual(['held'])
  expect(judged(usageMonotonic, [answer(9), answer(9), answer(250, long)])).toEqual(['held'])
  expect(judged(usageMonotonic, [answer(9), answer(250, long)])).toEqual(['held'])
  expect(judged(usageMonotonic, [answer(9), answer(9, long)])).toEqual(['held'])
})
test('the same prompt, another count', () => {
  expect(judged(usageMonotonic, [answer(9), answer(5)])).toEqual(['unequal'])
})
test('more text, fewer tokens', () => {
  expect(judged(usageMonotonic, [answer(9), both(4)])).toEqual(['lowered'])
})
test('whatever was sent, the same count', () => {
  expect(judged(usageMonotonic, [answer(9), answer(9, long), answer(9, `${long}!`)])).toEqual(['constant'])
})
test('nothing to compare', () => {
  expect(judged(usageMonotonic, answer(9))).toEqual(['unobserved'])
  expect(judged(usageMonotonic, [answer(9), answer(12, 'Hello.')])).toEqual(['unobserved'])
  expect(judged(usageMonotonic, [answer('9'), answer(9)])).toEqual(['unobserved'])
  expect(judged(usageMonotonic, [answer(9), answer(5, 'Hi.', 400)])).toEqual(['unobserved'])
  expect(judged(usageMonotonic, [answer(9), answer(0)])).toEqual(['unobserved'])
})
