import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { accepted } from './accepted.ts'

const answered = (status: number, body: unknown = { error: { message: 'no' } }) => json('POST /chat/completions', body, { status })

test('holds', () => {
  expect(judged(accepted, answered(200, { choices: [] }))).toEqual(['held'])
  expect(judged(accepted, chatStream([{ choices: [] }, '[DONE]'], { end: 'truncated' }))).toEqual(['held'])
})
test.each([400, 404, 405, 406, 413, 415, 422, 501])('%i refuses', (status) =>
  expect(judged(accepted, answered(status))).toEqual(['refused']),
)
test.each([301, 401, 403, 429, 500, 503])('%i is something else', (status) =>
  expect(judged(accepted, answered(status))).toEqual(['unobserved']),
)
test('a trait with which a refusal may have another reason', () => {
  expect(judged(accepted, answered(400), { unless: 'thinks' }, ['thinks'])).toEqual(['unobserved'])
  expect(judged(accepted, answered(400), { unless: 'thinks' })).toEqual(['refused'])
})
test('a rule that servers differ on, in the words of those that have it', () => {
  const wants = [
    'The `reasoning_content` in the thinking mode must be passed back to the API.',
    'thinking is enabled but reasoning_content is missing in assistant tool call message at index 17',
    'Missing `reasoning_content` field in the assistant message at message index 2',
  ]
  for (const message of wants) {
    expect(judged(accepted, answered(400, { error: { message } }), { unless: 'reasoning' })).toEqual(['held', 'note:dialect'])
    expect(judged(accepted, answered(400, { error: { message } }))).toEqual(['refused'])
  }
  expect(judged(accepted, answered(400), { unless: 'reasoning' })).toEqual(['refused'])
})
test('an error under 200', () => {
  expect(judged(accepted, answered(200))).toEqual(['unobserved'])
  expect(judged(accepted, chatStream([{ error: { message: 'no' } }]))).toEqual(['unobserved'])
})
