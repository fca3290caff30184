import { expect, test } from 'vitest'
import { type Json, reply, weather } from '../testing/responses.ts'
import { json, judged } from '../testing/transcript.ts'
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
