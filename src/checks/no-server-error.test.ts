import { expect, test } from 'vitest'
import { chatStream, json, judged, type Options } from '../testing/transcript.ts'
import { noServerError } from './no-server-error.ts'

const answered = (options: Options) => judged(noServerError, json('POST /chat/completions', {}, options))

test.each([500, 502, 504])('%i', (status) => expect(answered({ status })).toEqual(['server-error']))
test.each([200, 404, 501])('%i holds', (status) => expect(answered({ status })).toEqual(['held']))
test.each([503, 529])('%i says nothing', (status) => expect(answered({ status })).toEqual(['unobserved']))
test('broken on purpose', () => expect(answered({ status: 500, breaks: 'messages' })).toEqual(['unobserved']))

const failing = (error: unknown, ...before: object[]) => judged(noServerError, chatStream([...before, { error }]))
const piece = { id: 'a', choices: [{ index: 0, delta: { content: 'a' }, finish_reason: null }] }
test.each([
  { message: 'NoneType found', type: 'server_error', code: null },
  { message: 'no', type: 'InternalServerError' },
  { message: 'no', code: 500 },
  { message: 'no', code: '502' },
])('%j breaks a stream off', (error) => expect(failing(error, piece)).toEqual(['error-event']))
test.each([
  { message: 'The engine is overloaded.', type: 'server_error' },
  { message: 'no', code: 503 },
  { message: 'no', code: '429', type: 'server_error' },
  { message: 'tool call failed', type: 'invalid_request_error', code: 'tool_use_failed' },
  { message: 'no' },
  'no',
])('%j says nothing about the server', (error) => expect(failing(error, piece)).toEqual(['held']))
test('a failure before anything else is judged elsewhere', () => expect(failing({ message: 'no', type: 'server_error' })).toEqual(['held']))
