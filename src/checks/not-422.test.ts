import { expect, test } from 'vitest'
import { json, judged, type Options } from '../testing/transcript.ts'
import type { Endpoint, Trait } from '../types.ts'
import { not422 } from './not-422.ts'

const answered = (options: Options) => judged(not422, json('POST /chat/completions', { error: {} }, options))

test('holds', () => expect(answered({ status: 400, breaks: 'temperature' })).toEqual(['held']))
test('422', () => expect(answered({ status: 422, breaks: 'temperature' })).toEqual(['unprocessable']))
test('other statuses and other mistakes', () => {
  expect(answered({ status: 404, breaks: 'temperature' })).toEqual(['unobserved'])
  expect(answered({ status: 422, breaks: 'body' })).toEqual(['unobserved'])
  expect(answered({ status: 422, breaks: 'id' })).toEqual(['unobserved'])
  expect(answered({ status: 422 })).toEqual(['unobserved'])
})

const asking = (request: object, traits: readonly Trait[] = [], endpoint: Endpoint = 'POST /chat/completions') =>
  judged(not422, json(endpoint, { error: {} }, { status: 422, breaks: 'messages', request: { ...request } }), undefined, traits)
const part = (type: string) => ({ messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi.' }, { type }] }] })

test.each<[string, Readonly<Record<string, unknown>>]>([
  ['a picture', part('image_url')],
  ['a sound', part('input_audio')],
  ['a file', part('file')],
  ['a format', { response_format: { type: 'json_schema' } }],
  ['logprobs', { top_logprobs: 99 }],
  ['an effort', { reasoning_effort: 'very' }],
  ['tools', { tools: {} }],
  ['a choice of tools', { tool_choice: 'auto' }],
  ['results of tools', { messages: [{ role: 'tool', tool_call_id: 'x', content: '' }] }],
  ['calls', { messages: [{ role: 'assistant', tool_calls: [] }] }],
])('%s may be refused as such with 422', (_, request) => expect(asking(request)).toEqual(['unobserved']))

test('what is not optional, and tools that are known to be there, are judged', () => {
  expect(asking(part('hologram'))).toEqual(['unprocessable'])
  expect(asking({ tools: {} }, ['tools'])).toEqual(['unprocessable'])
  expect(asking(part('image_url'), ['tools'])).toEqual(['unobserved'])
  expect(asking({ tools: {} }, ['tools'], 'POST /responses')).toEqual(['unobserved'])
  expect(asking({ input: [{ type: 'function_call_output' }] }, [], 'POST /responses')).toEqual(['unobserved'])
  expect(asking({ input: [{ role: 'user', content: [{ type: 'input_image' }] }] }, [], 'POST /responses')).toEqual(['unobserved'])
  expect(asking({ input: [{ role: 'user', content: 'Hi.' }] }, [], 'POST /responses')).toEqual(['unprocessable'])
})
