import { expect, test } from 'vitest'
import { chatStream, json, type Options, raw, responsesStream } from '../testing/transcript.ts'
import { isFinished } from './finished.ts'

const piece = { choices: [{ index: 0, delta: { content: 'a' }, finish_reason: null }] }

test('an answer that was sent whole, or as much of it as was wanted', () => {
  expect(isFinished(json('POST /chat/completions', {}))).toBe(true)
  for (const end of ['complete', 'stopped'] as const) expect(isFinished(chatStream([piece, '[DONE]'], { end }))).toBe(true)
  for (const end of ['truncated', 'timeout'] as const) expect(isFinished(chatStream([piece, '[DONE]'], { end }))).toBe(false)
  expect(isFinished(json('POST /chat/completions', {}, { end: 'truncated' }))).toBe(false)
})

test.each([
  { error: { message: 'no' } },
  { error: 'no' },
  { error: { message: 'no' }, choices: [] },
  // OpenRouter's form
  { error: { code: 502, message: 'no' }, choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }] },
  { ...piece, error: { message: 'no' } },
  { choices: [{ index: 0, delta: {}, finish_reason: 'error' }] },
])('%j breaks a stream off', (event) => expect(isFinished(chatStream([piece, event, '[DONE]']))).toBe(false))

test.each([{ ...piece, error: { code: 'x' } }, { ...piece, error: null }, { error: null }, { error: '' }, { choices: [null] }])(
  '%j does not',
  (event) => expect(isFinished(chatStream([event, '[DONE]']))).toBe(true),
)

test('named events', () => {
  const named = (text: string, options: Options = {}) =>
    isFinished(raw('POST /messages', text, { headers: [['content-type', 'text/event-stream']], ...options }))
  expect(named('event: error\ndata: overloaded\n\n')).toBe(false)
  expect(named('event: ping\ndata: {"type":"ping"}\n\n')).toBe(true)
  expect(named('data: {"type":"error"}\n\n')).toBe(false)
})

test('responses that failed, and those that the cap ended', () => {
  expect(isFinished(responsesStream([{ type: 'response.created' }, { type: 'response.failed', response: {} }]))).toBe(false)
  expect(isFinished(responsesStream([{ type: 'response.incomplete', response: { error: null } }]))).toBe(true)
})

test('an error beside a failing status is no stream', () => expect(isFinished(json('POST /chat/completions', { error: {} }))).toBe(true))
