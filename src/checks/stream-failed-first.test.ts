import { expect, test } from 'vitest'
import { chatStream, json, judged, raw } from '../testing/transcript.ts'
import { streamFailedFirst } from './stream-failed-first.ts'

const chunk = { object: 'chat.completion.chunk', choices: [{ index: 0, delta: { role: 'assistant' }, finish_reason: null }] }
const error = { message: 'The provider is not available.', code: 502 }
const says = (...chunks: (object | string)[]) => judged(streamFailedFirst, chatStream(chunks))

test('holds', () => {
  expect(says(chunk, '[DONE]')).toEqual(['held'])
  expect(says({ ...chunk, error: null }, '[DONE]')).toEqual(['held'])
  expect(says({ ...chunk, choices: [], error: null }, chunk)).toEqual(['held'])
  expect(says(chunk, { error })).toEqual(['held'])
  expect(says('[DONE]')).toEqual(['held'])
})
test.each([
  { error },
  { error: 'overloaded' },
  { object: 'chat.completion.chunk', choices: [], error },
  { type: 'error', message: 'overloaded' },
])('error-first: %j', (event) => expect(says(event, '[DONE]')).toEqual(['error-first']))
test('cannot be told', () => {
  const body = `: waiting\n\ndata: ${JSON.stringify({ error })}\n\n`
  const headers = [['content-type', 'text/event-stream']] as const
  expect(judged(streamFailedFirst, raw('POST /chat/completions', body, { headers }))).toEqual(['unobserved'])
  expect(judged(streamFailedFirst, chatStream([{ error }], { breaks: 'model' }))).toEqual(['unobserved'])
  expect(says()).toEqual(['unobserved'])
  expect(judged(streamFailedFirst, json('POST /chat/completions', { error }))).toEqual(['unobserved'])
})
