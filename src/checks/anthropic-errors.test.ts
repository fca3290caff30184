import { expect, test } from 'vitest'
import { answer, events, message, refusal, stream } from '../testing/messages.ts'
import { told } from '../testing/told.ts'
import { judged, raw } from '../testing/transcript.ts'
import { anthropicErrors } from './anthropic-errors.ts'

const of = (breaks: string | undefined, status: number, type: string) =>
  judged(anthropicErrors, refusal(status, type, breaks === undefined ? {} : { breaks }))

test('holds', () => {
  expect(of('messages', 400, 'invalid_request_error')).toEqual(['held'])
  expect(of('max_tokens', 422, 'zz')).toEqual(['held'])
  expect(of('key', 401, 'authentication_error')).toEqual(['held'])
  expect(of('model', 404, 'not_found_error')).toEqual(['held'])
  expect(of(undefined, 400, 'zz')).toEqual(['held'])
  // a key may be asked for first
  for (const status of [401, 403]) expect(of('messages', status, 'authentication_error')).toEqual(['held'])
  const failed = [...events().slice(0, 2), { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }]
  expect(judged(anthropicErrors, stream(failed))).toEqual(['held'])
})
test('statuses', () => {
  expect(of('messages', 422, 'invalid_request_error')).toEqual(['status'])
  expect(of('messages', 500, 'api_error')).toEqual(['status'])
  expect(of('key', 403, 'permission_error')).toEqual(['status'])
  expect(of('model', 400, 'invalid_request_error')).toEqual(['status'])
  expect(judged(anthropicErrors, answer(message(), { breaks: 'messages' }))).toEqual(['status'])
  expect(judged(anthropicErrors, stream(events(), { breaks: 'messages' }))).toEqual(['status'])
})
test('types', () => {
  expect(of('messages', 400, 'BadRequestError')).toEqual(['error-type'])
  expect(of('max_tokens', 400, 'api_error')).toEqual(['error-type'])
})
test('bodies', () => {
  const html = { status: 400, headers: [['content-type', 'text/html']] as const, breaks: 'messages' }
  expect(judged(anthropicErrors, raw('POST /messages', '<p>no</p>', html))).toEqual(['not-json'])
  expect(judged(anthropicErrors, raw('POST /messages', '', html))).toEqual(['not-json'])
})
test('events', () => {
  for (const failure of [
    { error: { message: 'no', type: 'x' } },
    { type: 'error', error: 'no' },
    { type: 'error', error: { type: '', message: 'no' } },
  ])
    expect(judged(anthropicErrors, stream([...events().slice(0, 2), failure]))).toEqual(['event-form'])
  expect(judged(anthropicErrors, stream([...events().slice(0, 2), 'overloaded']))).toEqual(['event-form'])
})
test('nobody to blame', () => {
  for (const breaks of ['key', 'model']) expect(judged(anthropicErrors, answer(message(), { breaks }))).toEqual(['unobserved'])
  expect(judged(anthropicErrors, answer())).toEqual(['unobserved'])
  expect(judged(anthropicErrors, stream(events()))).toEqual(['unobserved'])
  for (const status of [302, 529]) expect(of('messages', status, 'overloaded_error')).toEqual(['unobserved'])
  expect(of(undefined, 500, 'api_error')).toEqual(['unobserved'])
  expect(judged(anthropicErrors, raw('POST /messages', '{"type":', { status: 400 }))).toEqual(['unobserved'])
})
test('what is found, and where', () => {
  const labelled = (body: string, type?: string) =>
    told(anthropicErrors, raw('POST /messages', body, { status: 400, headers: type === undefined ? [] : [['content-type', type]] }))
  const envelope = 'not-json at : {"type":"error","error":{…}}'
  expect(labelled('', 'text/html')).toEqual([`${envelope}, not empty body`])
  expect(labelled('<p>no</p>', 'text/html')).toEqual([`${envelope}, not text/html, not JSON`])
  expect(labelled('no')).toEqual([`${envelope}, not no media type, not JSON`])
  expect(told(anthropicErrors, refusal(400, 'zz', { breaks: 'messages' }))).toEqual([
    'error-type at /error/type: invalid_request_error, not "zz"',
  ])
  const event = 'event-form at : {"type":"error","error":{"type":…,"message":…}}'
  expect(told(anthropicErrors, stream(['overloaded']))).toEqual([`${event}, not "overloaded"`])
  expect(told(anthropicErrors, stream([{ type: 'error', error: 5 }]))).toEqual([`${event}, not {"type":"error","error":5}`])
})
test('bodies that are judged elsewhere', () => {
  const refused = (body: string, name: string, value: string) =>
    judged(anthropicErrors, raw('POST /messages', body, { status: 400, headers: [[name, value]] }))
  expect(refused('zz', 'content-encoding', 'zz')).toEqual(['unobserved'])
  expect(refused('event: error\ndata: no\n\n', 'content-type', 'text/event-stream')).toEqual(['unobserved'])
})
