import { expect, test } from 'vitest'
import { chatStream, json, judged, raw } from '../testing/transcript.ts'
import { midStreamError } from './mid-stream-error.ts'

const chunk = { object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: 'a' }, finish_reason: null }] }
const failing = (event: object | string) => judged(midStreamError, chatStream([chunk, event]))

test('holds', () => {
  expect(failing({ error: { message: 'overloaded', code: 502 } })).toEqual(['held'])
  expect(failing({ ...chunk, error: { message: 'overloaded' } })).toEqual(['held'])
})
test.each([{ error: 'overloaded' }, { type: 'error', message: 'overloaded' }, { object: 'error', message: 'overloaded' }])(
  'no error object: %j',
  (event) => expect(failing(event)).toEqual(['no-error-object']),
)
test('no message', () => {
  expect(failing({ error: {} })).toEqual(['no-message'])
  expect(failing({ error: { message: '' } })).toEqual(['no-message'])
})
test('an error event that is not JSON', () =>
  expect(
    judged(
      midStreamError,
      raw('POST /chat/completions', 'event: error\ndata: overloaded\n\n', { headers: [['content-type', 'text/event-stream']] }),
    ),
  ).toEqual(['not-json']))
test('words in place of JSON', () => expect(failing('Internal Server Error')).toEqual(['not-json']))
test('no failure', () => {
  expect(judged(midStreamError, chatStream([chunk, { ...chunk, error: null }, '[DONE]']))).toEqual(['unobserved'])
  expect(judged(midStreamError, chatStream([{ error: 'no' }], { breaks: 'model' }))).toEqual(['unobserved'])
  expect(judged(midStreamError, json('POST /chat/completions', {}))).toEqual(['unobserved'])
})
