import { expect, test } from 'vitest'
import { chatStream, json, judged, type Options, raw } from '../testing/transcript.ts'
import { errorEnvelope } from './error-envelope.ts'

const chat = 'POST /chat/completions'
const good = { error: { message: 'no', type: 'invalid_request_error', param: null, code: null } }
const of = (body: unknown, options: Options = {}, situation = 'refusal') =>
  judged(errorEnvelope, json(chat, body, { status: 400, ...options }), { of: situation }, ['chat'])
const html = (options: Options = {}, situation = 'refusal') =>
  judged(errorEnvelope, raw(chat, '<html>', { status: 400, headers: [['content-type', 'text/html']], ...options }), { of: situation }, [
    'chat',
  ])

test('holds', () => {
  expect(of(good)).toEqual(['held'])
  expect(of({ ...good, request_id: 'x' })).toEqual(['held'])
  expect(of({ error: {} })).toEqual(['held'])
})
test('not JSON', () => {
  expect(html()).toEqual(['not-json'])
  expect(judged(errorEnvelope, raw(chat, '', { status: 404 }), { of: 'refusal' }, ['chat'])).toEqual(['not-json'])
})
test('no object', () => expect(of([good])).toEqual(['not-object']))
test.each([{ message: 'm', type: 't' }, { detail: [] }, { error: 'text' }, { error: null }, { error: ['x'] }, {}])(
  'no envelope: %j',
  (body) => expect(of(body)).toEqual(['no-envelope']),
)
test('every failure has one owner', () => {
  expect(html({ status: 404, breaks: 'path' })).toEqual(['unobserved'])
  expect(html({ status: 405, breaks: 'method' })).toEqual(['unobserved'])
  expect(html({ status: 401, auth: 'wrong' })).toEqual(['unobserved'])
  expect(html({ status: 429 })).toEqual(['unobserved'])
  expect(html({ status: 500 })).toEqual(['unobserved'])
  expect(html({ status: 500 }, 'server-fault')).toEqual(['not-json'])
  expect(html({ status: 200 })).toEqual(['unobserved'])
})
test('a route that may not exist', () => {
  const view = json('POST /responses', { detail: 'Not Found' }, { status: 404 })
  expect(judged(errorEnvelope, view, { of: 'refusal' }, ['chat'])).toEqual(['unobserved'])
  expect(judged(errorEnvelope, view, { of: 'refusal' }, ['chat', 'responses'])).toEqual(['no-envelope'])
  expect(judged(errorEnvelope, json('GET /models/x', {}, { status: 404 }), { of: 'refusal' }, ['chat'])).toEqual(['unobserved'])
})
test('bodies whose defect has another name', () => {
  expect(of(good, { text: '{"error":{"message":"no"}} trailing' })).toEqual(['unobserved'])
  expect(judged(errorEnvelope, chatStream([good], { status: 400 }), { of: 'refusal' }, ['chat'])).toEqual(['unobserved'])
  expect(of(good, { headers: [['content-type', 'text/event-stream']] })).toEqual(['held'])
  expect(html({ headers: [['content-encoding', 'zstd']] })).toEqual(['unobserved'])
})
