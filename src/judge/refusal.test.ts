import { expect, test } from 'vitest'
import { json, type Options, raw } from '../testing/transcript.ts'
import type { Endpoint } from '../types.ts'
import { asksForStream, isPlainRefusal, looksAbsent, refusalOf } from './refusal.ts'

const chat: Endpoint = 'POST /chat/completions'
const error = { error: { message: 'No.' } }
const view = (status: number, body: unknown, options: Options = {}) => json(chat, body, { status, ...options })

test('an honest refusal is told in its own words', () => {
  for (const status of [400, 404, 405, 415, 422, 501]) expect(refusalOf(view(status, error))).toBe(`${status} No.`)
  for (const status of [200, 401, 403, 429, 500, 503]) expect(refusalOf(view(status, error))).toBeUndefined()
  expect(refusalOf(view(400, error, { breaks: 'messages' }))).toBeUndefined()
  expect(refusalOf(view(400, { error: { message: 'x'.repeat(300) } }))).toBe(`400 ${'x'.repeat(200)}`)
})

test.each<[unknown, string]>([
  [{ error: 'Tools are off', error_type: 'validation' }, '422 Tools are off'],
  [{ message: 'No tools.' }, '422 No tools.'],
  [{ detail: 'No tools.' }, '422 No tools.'],
  [{ detail: [{ loc: ['body', 'tools'], msg: 'Extra inputs are not permitted' }] }, '422 Extra inputs are not permitted'],
  [{ detail: [] }, '422'],
  [{ detail: [null] }, '422'],
  [{ error: {} }, '422'],
  [{ error: { message: 5 } }, '422'],
  [{ error: null }, '422'],
  [null, '422'],
  [[], '422'],
  [{}, '422'],
])('a refusal needs no envelope to be one: %j', (body, words) => expect(refusalOf(view(422, body))).toBe(words))

test('a refusal in plain text is quoted, a page or an event stream is not', () => {
  const told = (text: string) => refusalOf(raw(chat, text, { status: 501, request: {} }))
  expect(told('Not Implemented\nby this server')).toBe('501 Not Implemented')
  for (const text of ['<html>no</html>', 'data: {}', 'event: error', '', '{"error":']) expect(told(text)).toBe('501')
})

test('what was refused for want of a stream', () => {
  const facts = { traits: new Set<never>(), found: [], endpoints: [], plainRefusals: new Map([[chat, '400 No.']]) }
  const plain = (status: number, body: unknown, options: Options = {}) => isPlainRefusal(view(status, body, options), facts)
  expect(plain(400, error)).toBe(true)
  expect(plain(400, error, { breaks: 'messages' })).toBe(true)
  expect(plain(422, { error: { message: 'Only Streaming is served.' } })).toBe(true)
  expect(plain(422, error)).toBe(false)
  expect(plain(400, { error: { message: 'No picture.' } })).toBe(false)
  expect(plain(500, { error: { message: 'stream' } })).toBe(false)
  expect(plain(400, error, { request: { stream: true } })).toBe(false)
  expect(isPlainRefusal(view(400, error), { ...facts, plainRefusals: new Map() })).toBe(false)
  expect(isPlainRefusal(json('POST /responses', error, { status: 400 }), facts)).toBe(false)
})

test('whether a request asks for a stream', () => {
  const asks = (text: string) => asksForStream(Buffer.from(text))
  expect(asks('{"stream":true}')).toBe(true)
  for (const text of ['{"stream":false}', '{"stream":"true"}', '{}', 'null', '', '{']) expect(asks(text)).toBe(false)
})

test('what looks absent', () => {
  const looks = (status: number, text = '') => looksAbsent(status, Buffer.from(text))
  for (const status of [404, 405, 501]) expect(looks(status)).toBe(true)
  expect(looks(400, 'Unknown model')).toBe(true)
  expect(looks(400, 'No.')).toBe(false)
  for (const status of [401, 403, 429, 500]) expect(looks(status, 'Unknown model')).toBe(false)
})
