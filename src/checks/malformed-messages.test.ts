import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { malformedMessages } from './malformed-messages.ts'

const answered = (messages: unknown, status: number) =>
  judged(
    malformedMessages,
    json('POST /chat/completions', status < 400 ? { choices: [{}] } : { error: {} }, { status, breaks: 'messages', request: { messages } }),
  )

test.each([400, 422])('%i holds', (status) => expect(answered('hi', status)).toEqual(['held']))
test('what no template understands', () => {
  expect(answered('hi', 200)).toEqual(['status'])
  expect(answered([{ content: 'hi' }], 200)).toEqual(['status'])
  expect(answered([[[]]], 200)).toEqual(['status'])
})
test('what a template may understand', () => {
  expect(answered([], 200)).toEqual(['held', 'note:lenient'])
  expect(answered([{ role: 'wizard', content: 'hi' }], 200)).toEqual(['held', 'note:lenient'])
})
test('never 5xx', () => expect(answered([], 500)).toEqual(['status']))
test('overloaded', () => expect(answered([], 503)).toEqual(['unobserved']))
