import { expect, test } from 'vitest'
import { json, judged, type Options } from '../testing/transcript.ts'
import { structuredPlain } from './structured-plain.ts'

const text = { request: { response_format: { type: 'text' } } }
const view = (content: string, options: Options = text) =>
  json('POST /chat/completions', { choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }] }, options)
const refused = (status: number, options: Options = text) =>
  json('POST /chat/completions', { error: { message: 'no' } }, { ...options, status })

test('holds', () => {
  expect(judged(structuredPlain, view('OK'))).toEqual(['held'])
  expect(judged(structuredPlain, [view('OK', {}), view('OK')])).toEqual(['held'])
})
test('a model that always speaks JSON', () => {
  expect(judged(structuredPlain, [view('{"answer":"OK"}', {}), view('{"answer":"OK"}')])).toEqual(['held'])
  expect(judged(structuredPlain, view('{"answer":"OK"}'))).toEqual(['held'])
})
test('refused', () => {
  for (const status of [400, 404, 422, 501]) expect(judged(structuredPlain, refused(status))).toEqual(['refused'])
})
test('forced', () => expect(judged(structuredPlain, [view('OK', {}), view('{"answer":"OK"}')])).toEqual(['forced']))
test('unobserved', () => {
  for (const status of [401, 429, 500, 503]) expect(judged(structuredPlain, refused(status))).toEqual(['unobserved'])
  expect(judged(structuredPlain, [refused(400, {}), refused(400)])).toEqual(['unobserved'])
  expect(judged(structuredPlain, view('OK', {}))).toEqual(['unobserved'])
})
test('a server that does not stream says so', () => {
  const streamed = { request: { stream: true, response_format: { type: 'text' } } }
  const answer = (error: object) => json('POST /chat/completions', { error }, { ...streamed, status: 400 })
  expect(judged(structuredPlain, [view('OK', {}), answer({ message: 'no', param: 'stream' })])).toEqual(['unobserved'])
  expect(judged(structuredPlain, [view('OK', {}), answer({ message: 'Streaming is not supported.' })])).toEqual(['unobserved'])
  expect(judged(structuredPlain, [view('OK', {}), answer({ message: 'no', param: 'response_format' })])).toEqual(['refused'])
})
