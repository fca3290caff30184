import { expect, test } from 'vitest'
import { answer, message, refusal, text, use } from '../testing/messages.ts'
import { judged } from '../testing/transcript.ts'
import { anthropicMaxTokens } from './anthropic-max-tokens.ts'

const of = (words: string, output_tokens: number, stop_reason = 'end_turn', max_tokens = 8) =>
  judged(
    anthropicMaxTokens,
    answer(message([text(words)], { stop_reason, usage: { input_tokens: 1, output_tokens } }), { request: { max_tokens } }),
  )
const missing = (status: number) => judged(anthropicMaxTokens, refusal(status, 'invalid_request_error', { breaks: 'max_tokens' }))

test('holds', () => {
  expect(of('one two three', 8, 'max_tokens')).toEqual(['held'])
  expect(missing(400)).toEqual(['held'])
})
test('status', () => {
  expect(missing(422)).toEqual(['status'])
  expect(missing(500)).toEqual(['status'])
  expect(judged(anthropicMaxTokens, answer(message(), { breaks: 'max_tokens' }))).toEqual(['status'])
})
test('over-cap', () => {
  expect(of('one two three', 9)).toEqual(['over-cap'])
  expect(of('x'.repeat(300), 8, 'max_tokens')).toEqual(['over-cap'])
  const long = message([use({ input: { city: 'x'.repeat(300) } })], { stop_reason: 'tool_use' })
  expect(judged(anthropicMaxTokens, answer(long, { request: { max_tokens: 8 } }))).toEqual(['over-cap'])
})
test('stop-reason', () => expect(of('one two three', 8)).toEqual(['stop-reason']))
test('nothing to tell', () => {
  expect(of('one', 3)).toEqual(['unobserved'])
  expect(of('one', 8, 'tool_use')).toEqual(['unobserved'])
  expect(of('one', 90)).toEqual(['unobserved'])
  expect(missing(429)).toEqual(['unobserved'])
  expect(judged(anthropicMaxTokens, refusal(400, 'x', { breaks: 'messages' }))).toEqual(['unobserved'])
  expect(judged(anthropicMaxTokens, refusal(404, 'not_found_error'))).toEqual(['unobserved'])
})
