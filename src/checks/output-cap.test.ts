import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { outputCap } from './output-cap.ts'

const member = { member: 'max_tokens' }
const answer = (content: string, completion_tokens?: number, finish_reason = 'stop', more: object = {}) =>
  json(
    'POST /chat/completions',
    { choices: [{ index: 0, message: { content }, finish_reason }], usage: { completion_tokens, ...more } },
    { request: { max_tokens: 16 } },
  )
const refused = (message: string) =>
  json('POST /chat/completions', { error: { message } }, { status: 400, request: { max_completion_tokens: 16 } })
const stream = (pieces: number, request: Readonly<Record<string, unknown>>) =>
  chatStream(
    Array.from({ length: pieces }, () => ({ choices: [{ index: 0, delta: { content: 'river ' }, finish_reason: 'length' }] })),
    { request },
  )

test('holds', () => {
  expect(judged(outputCap, answer('OK', 2), member)).toEqual(['held'])
  expect(judged(outputCap, answer('river river', undefined, 'length'), member)).toEqual(['held'])
  expect(judged(outputCap, stream(16, { max_completion_tokens: 16 }), { member: 'max_completion_tokens' })).toEqual(['held'])
})
test('longer than the cap', () => {
  expect(judged(outputCap, answer('word '.repeat(40), 40), member)).toEqual(['ignored'])
  expect(judged(outputCap, answer('word '.repeat(17), 17), member)).toEqual(['ignored'])
  expect(judged(outputCap, answer('word '.repeat(400), 16), member)).toEqual(['ignored'])
  expect(judged(outputCap, answer('word '.repeat(400)), member)).toEqual(['ignored'])
  expect(judged(outputCap, answer('OK', 60, 'stop', { completion_tokens_details: { reasoning_tokens: 58 } }), member)).toEqual(['ignored'])
  expect(judged(outputCap, stream(500, { max_completion_tokens: 16 }), { member: 'max_completion_tokens' })).toEqual(['ignored'])
})
test('max_tokens refused by its name', () => {
  const old = json(
    'POST /chat/completions',
    { error: { message: 'no', param: 'max_tokens' } },
    { status: 400, request: { max_tokens: 16 } },
  )
  expect(judged(outputCap, old, member)).toEqual(['refused'])
  expect(judged(outputCap, old, member, ['max-completion-tokens'])).toEqual(['unobserved'])
  expect(judged(outputCap, old, member, ['thinks'])).toEqual(['unobserved'])
})
test('a wrong count is another defect', () => {
  expect(judged(outputCap, answer('OK', 900), member)).toEqual(['unobserved'])
})
test('repeated text is another defect', () => {
  expect(
    judged(
      outputCap,
      chatStream([{ choices: [{ index: 0, delta: { content: 'river '.repeat(200) }, finish_reason: 'stop' }] }], {
        request: { max_tokens: 16 },
      }),
      member,
    ),
  ).toEqual(['unobserved'])
})
test('refused by name', () => {
  expect(judged(outputCap, refused('max_completion_tokens is not supported'), { member: 'max_completion_tokens' })).toEqual(['refused'])
  expect(judged(outputCap, refused('streams are not supported'), { member: 'max_completion_tokens' })).toEqual(['unobserved'])
})
test('no cap, no count, no success', () => {
  expect(judged(outputCap, answer('OK', 2), { member: 'max_completion_tokens' })).toEqual(['unobserved'])
  expect(judged(outputCap, answer('OK'), member)).toEqual(['unobserved'])
  expect(judged(outputCap, json('POST /chat/completions', {}, { status: 400, request: { max_tokens: 16 } }), member)).toEqual([
    'unobserved',
  ])
  expect(judged(outputCap, json('POST /chat/completions', {}, { request: { max_tokens: 16 } }), member)).toEqual(['unobserved'])
})
