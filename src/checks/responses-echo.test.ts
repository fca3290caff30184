import { expect, test } from 'vitest'
import { eventsOf, type Json, reply, weather } from '../testing/responses.ts'
import { json, judged, responsesStream } from '../testing/transcript.ts'
import { responsesEcho } from './responses-echo.ts'

const one = (request: Json, members: Json) => judged(responsesEcho, json('POST /responses', { ...reply(), ...members }, { request }))

test('holds', () => {
  expect(one({ temperature: 0.9 }, { temperature: 0.8999999761581421 })).toEqual(['held'])
  expect(one({ tools: [weather] }, { tools: [{ ...weather, strict: true, parameters: { type: 'object' } }] })).toEqual(['held'])
  expect(
    one({ tool_choice: { type: 'function', name: 'get_weather' } }, { tool_choice: { type: 'function', name: 'get_weather' } }),
  ).toEqual(['held'])
  expect(one({ text: { format: { type: 'text' } } }, {})).toEqual(['held'])
  expect(one({ metadata: { a: 'b' }, max_output_tokens: 16 }, { metadata: { a: 'b' }, max_output_tokens: 16 })).toEqual(['held'])
})
test('missing', () => expect(one({ max_output_tokens: 16 }, { max_output_tokens: undefined })).toEqual(['missing']))
test('different', () => {
  expect(one({ max_output_tokens: 16 }, {})).toEqual(['different'])
  expect(one({ temperature: 0 }, {})).toEqual(['different'])
  expect(one({ instructions: 'Be brief.' }, {})).toEqual(['different'])
  expect(one({ metadata: { a: 'b' } }, { metadata: { a: 'c' } })).toEqual(['different'])
  expect(one({ parallel_tool_calls: false }, {})).toEqual(['different'])
  expect(one({ tools: [weather], tool_choice: 'required' }, {})).toEqual(['different', 'different'])
  expect(one({ text: { format: { type: 'json_schema', name: 'city' } } }, {})).toEqual(['different'])
})
test('unobserved', () => {
  expect(one({}, {})).toEqual(['unobserved'])
  expect(judged(responsesEcho, json('POST /responses', { error: {} }, { request: { temperature: 0 } }))).toEqual(['unobserved'])
})
test('a member that is always there is missed elsewhere', () =>
  expect(one({ temperature: 0 }, { temperature: undefined })).toEqual(['held']))

test('numbers that are nearly the same, and what is no number', () => {
  expect(one({ top_p: 0.5 }, { top_p: 0.5000005 })).toEqual(['held'])
  expect(one({ top_p: 0.5 }, { top_p: 0.500002 })).toEqual(['different'])
  expect(one({ top_p: 1 }, { top_p: '1' })).toEqual(['different'])
  expect(one({ top_p: '1' }, { top_p: 1 })).toEqual(['different'])
  expect(one({ top_p: null }, { top_p: 1 })).toEqual(['unobserved'])
})
test('metadata, tools, choices and formats by what they are', () => {
  expect(one({ metadata: { a: 'b', c: 'd' } }, { metadata: { a: 'b', c: 'd', e: 'f' } })).toEqual(['held'])
  expect(one({ metadata: { a: 'b', c: 'd' } }, { metadata: { a: 'b' } })).toEqual(['different'])
  const named = (name: string, type = 'function') => ({ type, name })
  expect(one({ tools: [named('a')] }, { tools: [named('b')] })).toEqual(['different'])
  expect(one({ tools: [named('a')] }, { tools: [named('a', 'custom')] })).toEqual(['different'])
  expect(one({ tools: [] }, { tools: 'none' })).toEqual(['held'])
  expect(one({ tool_choice: named('a') }, { tool_choice: named('b') })).toEqual(['different'])
  expect(one({ tool_choice: named('a') }, { tool_choice: named('a', 'custom') })).toEqual(['different'])
  expect(one({ tool_choice: named('a') }, { tool_choice: 'auto' })).toEqual(['different'])
  const format = (type: string, name?: string) => ({ text: { format: { type, ...(name && { name }) } } })
  expect(one(format('json_schema', 'a'), format('json_schema', 'b'))).toEqual(['different'])
  expect(one(format('json_schema', 'a'), format('json_schema', 'a'))).toEqual(['held'])
  expect(one(format('json_object'), format('json_object', 'x'))).toEqual(['held'])
  expect(one(format('json_schema', 'a'), { text: 'x' })).toEqual(['different'])
  expect(one({ text: {} }, { text: {} })).toEqual(['held'])
})
test('what is not always there is missed, and nothing is of a reply that failed or never ended', () => {
  for (const name of ['text', 'previous_response_id']) expect(one({ [name]: 'x' }, { [name]: undefined })).toEqual(['missing'])
  expect(one({ temperature: 0 }, { status: 'failed', temperature: 1 })).toEqual(['unobserved'])
  const open = responsesStream(eventsOf().slice(0, -1), { request: { temperature: 0 } })
  expect(judged(responsesEcho, open)).toEqual(['unobserved'])
})
