import { expect, test } from 'vitest'
import { json, judged, type Options } from '../testing/transcript.ts'
import { overflowError } from './overflow-error.ts'

const long = { messages: [{ role: 'user', content: 'a '.repeat(5000) }] }
const says = (error: unknown, options: Options = {}, traits: 'tools'[] = []) =>
  judged(overflowError, json('POST /chat/completions', { error }, { status: 400, request: long, ...options }), undefined, traits)

const unknown = { message: 'Input rejected (E1042).', code: 'invalid_request' }

test('holds', () => {
  expect(says({ message: 'No.', code: 'context_length_exceeded' })).toEqual(['held'])
})
test.each([
  { message: "This model's maximum context length is 8192 tokens. However, you requested 12000 tokens.", code: 400 },
  { message: 'the request exceeds the available context size', type: 'exceed_context_size_error', code: 400 },
  { message: 'prompt is too long: 12000 tokens > 8000 maximum', code: null },
  'Trying to keep the first 12000 tokens when context the overflows. The context length is only 4096 tokens.',
])('the words are enough: %j', (error) => expect(says(error)).toEqual(['held', 'note:code']))
test('so is 413', () => expect(says({ message: 'No.' }, { status: 413 })).toEqual(['held', 'note:code']))
test('unrecognised', () => {
  const parts = { messages: [{ role: 'user', content: [{ type: 'text', text: 'a '.repeat(5000) }] }] }
  expect(says(unknown)).toEqual(['unrecognised'])
  expect(says(unknown, { breaks: 'messages' })).toEqual(['unrecognised'])
  expect(says(unknown, { request: parts })).toEqual(['unrecognised'])
  expect(says({ message: 'Bad Request' }, { status: 422 })).toEqual(['unrecognised'])
  expect(says(unknown, { request: { ...long, tools: [{}] } }, ['tools'])).toEqual(['unrecognised'])
})
test('cannot be told', () => {
  expect(says(unknown, { request: {} })).toEqual(['unobserved'])
  expect(says(unknown, { breaks: 'metadata' })).toEqual(['unobserved'])
  expect(says(unknown, { status: 503 })).toEqual(['unobserved'])
  expect(says(unknown, { request: { ...long, tools: [{}] } })).toEqual(['unobserved'])
  expect(says({ message: 'At most 16 tools are allowed.' }, { request: { ...long, tools: [{}] } }, ['tools'])).toEqual(['unobserved'])
  expect(says({ message: 'Not supported.', param: 'prompt_cache_key' })).toEqual(['unobserved'])
  expect(says({ message: 'max_tokens is too large: 32000. This model supports at most 4096 completion tokens.' })).toEqual(['unobserved'])
  const twice = { messages: [...long.messages, { role: 'user', content: 'Go on.' }] }
  expect(says({ message: 'Roles must alternate.' }, { request: twice })).toEqual(['unobserved'])
  const result = { messages: [...long.messages, { role: 'assistant', content: '' }, { role: 'tool', tool_call_id: 'a', content: '1' }] }
  expect(says({ message: 'Thoughts must come back.' }, { request: result })).toEqual(['unobserved'])
})
