import { expect, test } from 'vitest'
import { chatStream, json, type Options, raw } from '../testing/transcript.ts'
import type { SseEvent, View } from '../types.ts'
import {
  bodyOf,
  envelopeViolation,
  errorOf,
  isAcceptRefusal,
  isBusy,
  isDisguisedFailure,
  isErrorAsStream,
  isErrorEvent,
  isErrorText,
  isStreamRefusal,
  isSuccess,
  isUnreadable,
  judgeStatus,
  messageViolation,
  startsLikeJson,
} from './failure.ts'

const chat = 'POST /chat/completions'
const answer = (status: number, body: unknown = {}, options: Options = {}) => json(chat, body, { status, ...options })
const labelled = (text: string | Uint8Array, status = 200) =>
  raw(chat, text, { status, headers: [['content-type', 'text/event-stream']], request: { stream: true } })

test('success is 2xx', () => {
  expect([199, 200, 299, 300].map((status) => isSuccess(answer(status)))).toEqual([false, true, true, false])
})

test('these are overload', () => {
  expect([408, 429, 503, 529].map(isBusy)).toEqual([true, true, true, true])
  expect([400, 409, 500, 502, 504, 200].some(isBusy)).toBe(false)
})

test('a coding that could not be undone makes a body unreadable', () => {
  const coded = (value: string, body: string, name = 'Content-Encoding') => raw(chat, body, { headers: [[name, value]] })
  expect(isUnreadable(coded('zstd', 'x'))).toBe(true)
  expect(isUnreadable(coded(' Identity ', 'x'))).toBe(false)
  expect(isUnreadable(coded('zstd', '{}'))).toBe(false)
  expect(isUnreadable(coded('zstd', 'x', 'content-type'))).toBe(false)
  expect(isUnreadable(raw(chat, 'x'))).toBe(false)
  const undone = coded('gzip', 'x')
  expect(isUnreadable({ ...undone, body: new Uint8Array(1) })).toBe(false)
})

test.each([
  ['{', true],
  ['[', true],
  [' \t\r\n{', true],
  ['\uFEFF{', true],
  ['\uFEFF \n[', true],
  ['', false],
  ['   ', false],
  ['x{', false],
  ['"{"', false],
])('%j starts like JSON: %s', (text, yes) => expect(startsLikeJson(raw(chat, text))).toBe(yes))

test('of a byte order mark all three bytes count', () => {
  for (const mark of [
    [0xef, 0xbb, 0x20],
    [0xef, 0x20, 0xbf],
    [0x20, 0xbb, 0xbf],
  ])
    expect(startsLikeJson(raw(chat, Buffer.from([...mark, 0x7b])))).toBe(false)
})

test('the JSON of a body, also under the label of a stream', () => {
  expect(bodyOf(answer(200, { a: 1 }))).toEqual({ a: 1 })
  expect(bodyOf(labelled('{"a":1}'))).toEqual({ a: 1 })
  expect(bodyOf(labelled('{"a":'))).toBeUndefined()
  expect(bodyOf(labelled('data: {}\n\n'))).toBeUndefined()
  expect(bodyOf(raw(chat, 'x'))).toBeUndefined()
})

test('the error of an answer is an object', () => {
  expect(errorOf(answer(400, { error: { message: 'x' } }))).toEqual({ message: 'x' })
  for (const body of [{ error: 'x' }, { error: [] }, [], null, {}]) expect(errorOf(answer(400, body))).toBeUndefined()
})

test('a refusal of Accept: by status, by the name of the header, by the media type', () => {
  const refused = (status: number, error: unknown = {}) => isAcceptRefusal(answer(status, { error }))
  expect(refused(406)).toBe(true)
  for (const status of [400, 415, 422]) {
    expect(refused(status, { param: 'Accept' })).toBe(true)
    expect(refused(status, { message: 'cannot send text/event-stream here' })).toBe(true)
    expect(refused(status, { message: 'no' })).toBe(false)
    expect(refused(status, 'accept')).toBe(false)
  }
  for (const status of [404, 500, 200]) expect(refused(status, { param: 'accept' })).toBe(false)
})

test('a refusal of streaming: by the member, or by its words', () => {
  const refused = (status: number, error: unknown, stream: unknown = true) =>
    isStreamRefusal(answer(status, { error }, { request: { stream } }))
  for (const status of [400, 499, 501]) expect(refused(status, { param: 'stream' })).toBe(true)
  for (const status of [200, 399, 500, 502]) expect(refused(status, { param: 'stream' })).toBe(false)
  expect(refused(400, { param: 'stream' }, false)).toBe(false)
  expect(isStreamRefusal(json('GET /models', { error: { param: 'stream' } }, { status: 400 }))).toBe(false)
  for (const message of ['stream is not there', 'Streaming is unsupported', 'streamed answers do not work', 'streams: not yet'])
    expect(refused(400, { message })).toBe(true)
  for (const message of ['streamer not found', 'stream is fine', 'not a stream']) expect(refused(400, { message })).toBe(false)
  expect(refused(400, undefined)).toBe(false)
})

const envelope = (view: View) => {
  const found = envelopeViolation(view)
  return found && [found.code, found.actual]
}

test('what is wrong with an envelope', () => {
  expect(envelope(answer(400, { error: {} }))).toBeUndefined()
  expect(envelope(raw(chat, ''))).toEqual(['not-json', 'empty body'])
  expect(envelope(raw(chat, 'no'))).toEqual(['not-json', 'no media type, not JSON'])
  expect(envelope(raw(chat, '<p>', { headers: [['content-type', 'text/html']] }))).toEqual(['not-json', 'text/html, not JSON'])
  expect(envelope(answer(400, []))).toEqual(['not-object', 'array of 0'])
  expect(envelope(answer(400, 'no'))).toEqual(['not-object', 'string'])
  expect(envelope(answer(400, { error: 'no' }))).toEqual(['no-envelope', '{"error":"no"}'])
})

test('what is wrong with a message', () => {
  expect(messageViolation({ message: 'x' })).toBeUndefined()
  for (const message of ['', ' ', null, 5, undefined])
    expect(messageViolation({ message })).toMatchObject({ code: 'no-message', at: { pointer: '/error/message' } })
})

test.each([
  ['error: out of memory', true],
  ['Internal Exception', true],
  ['the model is overloaded', true],
  ['request failed', true],
  ['service unavailable', true],
  ['{"error":', false],
  ['["error"', false],
  ['terror', false],
  ['PROCESSING', false],
  [`${'x '.repeat(300)}error`, false],
])('%j speaks of a failure: %s', (text, yes) => expect(isErrorText(text)).toBe(yes))

const event = (rest: Partial<SseEvent>): SseEvent => ({ index: 0, from: 0, to: 0, atMs: 0, ...rest })

test.each<[Partial<SseEvent>, boolean]>([
  [{ json: { error: { message: 'x' } } }, true],
  [{ json: { error: 'x' } }, true],
  [{ json: { type: 'error' } }, true],
  [{ json: { object: 'error' } }, true],
  [{ event: 'error', json: {} }, true],
  [{ event: 'error', data: 'x' }, true],
  [{ event: 'error', json: [] }, true],
  [{ data: 'error' }, true],
  [{ event: 'error', json: { choices: [] } }, false],
  [{ event: 'other', json: {} }, false],
  [{ json: { object: 'error', choices: [] } }, false],
  [{ json: { error: null } }, false],
  [{ json: { error: '' } }, false],
  [{ json: { error: false } }, false],
  [{ json: { error: {}, choices: [] } }, false],
  [{ json: { error: {}, object: 'response' } }, false],
  [{ json: 'error' }, false],
  [{ data: '[DONE]' }, false],
])('%j is an error event: %s', (given, yes) => expect(isErrorEvent(event(given))).toBe(yes))

test('a failure in the clothes of a success has no result beside it', () => {
  const failure = { error: { message: 'x' } }
  expect(isDisguisedFailure(answer(200, failure))).toBe(true)
  expect(isDisguisedFailure(answer(400, failure))).toBe(false)
  expect(isDisguisedFailure(answer(200, { error: null }))).toBe(false)
  expect(isDisguisedFailure(answer(200, []))).toBe(false)
  expect(isDisguisedFailure(labelled('{"error":{}}'))).toBe(true)
  expect(isDisguisedFailure(chatStream([failure]))).toBe(true)
  expect(isDisguisedFailure(chatStream([{ id: 'x' }]))).toBe(false)
  expect(isDisguisedFailure(chatStream([{ id: 'x' }, failure]))).toBe(true)
  for (const result of [{ choices: [] }, { type: 'response.output_text.delta' }, { type: 'message_start' }])
    expect(isDisguisedFailure(chatStream([{ id: 'x' }, result, failure]))).toBe(false)
  for (const other of [
    { type: 'response.created' },
    { type: 'message_start_x' },
    { type: 'a response.output' },
    { choices: {} },
    { type: 5 },
    [1],
  ])
    expect(isDisguisedFailure(chatStream([other, failure]))).toBe(true)
})

test('an error as a stream', () => {
  expect(isErrorAsStream(labelled('data: {}\n\n', 400))).toBe(true)
  expect(isErrorAsStream(labelled('data: {}\n\n', 399))).toBe(false)
  expect(isErrorAsStream(labelled('{}', 400))).toBe(false)
  expect(isErrorAsStream(answer(400))).toBe(false)
})

const status = (view: View, is: number[] = [400], also?: number[]) => {
  const outcome = judgeStatus(view, { is, ...(also && { also }) })
  return outcome.kind === 'held' ? ['held', outcome.notes?.[0]?.actual].filter(Boolean).join(' ') : outcome.kind
}

test('a status is what it should be, or what it may be, or wrong', () => {
  expect(status(answer(400))).toBe('held')
  expect(status(answer(422), [400], [422])).toBe('held 422')
  expect(judgeStatus(answer(404), { is: [400, 405], also: [422] })).toEqual({
    kind: 'violated',
    violations: [{ code: 'status', at: { in: 'status' }, expected: '400 or 405', actual: '404' }],
  })
  expect(judgeStatus(answer(404), { is: [400] })).toMatchObject({ violations: [{ actual: '404' }] })
  expect(judgeStatus(answer(404), { is: [405], also: [404] })).toMatchObject({
    notes: [{ code: 'lenient', expected: '405', at: { in: 'status' } }],
  })
})

test('load, keys, redirects and disguises belong to others, unless the requirement is about them', () => {
  for (const code of [429, 503, 401, 403, 300, 399]) expect(status(answer(code))).toBe('unobserved')
  expect(status(answer(403), [401])).toBe('violated')
  expect(status(answer(401), [400], [403])).toBe('violated')
  expect(status(answer(299))).toBe('violated')
  for (const breaks of ['path', 'method', 'key']) expect(status(answer(301, {}, { breaks }))).toBe('violated')
  expect(status(answer(301, {}, { breaks: 'messages' }))).toBe('unobserved')
  expect(status(answer(200, { error: {} }), [200])).toBe('unobserved')
  expect(status(answer(200, { error: {} }, { breaks: 'path' }), [200], [200])).toBe('violated')
})
