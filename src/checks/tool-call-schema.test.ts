import { expect, test } from 'vitest'
import { told } from '../testing/told.ts'
import { call, calls, declare, head, more, reply } from '../testing/tool-replies.ts'
import { json, judged } from '../testing/transcript.ts'
import { toolCallSchema } from './tool-call-schema.ts'

const says = (text: string, request = {}, finish = 'tool_calls') =>
  judged(toolCallSchema, reply({ calls: [call('a', text)], request, finish }))

test('holds', () => expect(says('{"city":"Paris","unit":"c"}')).toEqual(['held']))
test('holds in a stream', () =>
  expect(judged(toolCallSchema, calls([head(0, 'a'), more(0, '{"city":'), more(0, '"Paris"}')]))).toEqual(['held']))
test('missing', () => expect(says('{}')).toEqual(['missing-property']))
test('type', () => expect(says('{"city":["Paris"]}')).toEqual(['wrong-type']))
test('enum', () => expect(says('{"city":"Paris","unit":"kelvin"}')).toEqual(['not-in-enum']))
test('additional', () => {
  const parameters = { type: 'object', properties: {}, additionalProperties: false }
  expect(says('{"city":"Paris"}', { tools: [declare('get_weather', { parameters })] })).toEqual(['additional-property'])
})
test('strict has its own rule', () => expect(says('{}', { tools: [declare('get_weather', { strict: true })] })).toEqual(['unobserved']))
test('broken arguments', () => expect(says('{"city')).toEqual(['unobserved']))
test('cut', () => expect(says('{}', {}, 'length')).toEqual(['unobserved']))
test('a schema that is not flat', () => {
  expect(says('{}', { tools: [declare('get_weather', { parameters: { type: 'object', properties: {}, oneOf: [] } })] })).toEqual([
    'unobserved',
  ])
})
test('a call that nobody asked for', () => {
  const messages = [{ role: 'user', content: 'Reply with the single word OK.' }]
  expect(says('{}', { messages })).toEqual(['unobserved'])
  expect(says('{}', { messages, tool_choice: 'required' })).toEqual(['missing-property'])
  expect(says('{}', { messages: [...messages, { role: 'assistant', content: 'What?' }] })).toEqual(['unobserved'])
})
test('nothing was called', () => {
  expect(judged(toolCallSchema, reply({ calls: [call('a', '{}')], options: { status: 500 } }))).toEqual(['unobserved'])
  expect(says('{}', { tools: undefined })).toEqual(['unobserved'])
  expect(judged(toolCallSchema, json('GET /models', {}))).toEqual(['unobserved'])
})

const properties = { tags: { type: 'array' }, box: { type: 'object' }, count: { type: 'integer' }, list: { type: ['array', 'null'] } }
const nested = { tools: [declare('get_weather', { parameters: { type: 'object', properties } })] }

test.each([
  ['{"tags":"[1]","box":"{}"}', 'held'],
  ['{"tags":"one"}', 'wrong-type'],
  ['{"box":[]}', 'wrong-type'],
  ['{"count":"[1]"}', 'wrong-type'],
  ['{"list":"[1]"}', 'wrong-type'],
])('a list or an object as text has a rule of its own: %s', (text, expected) => expect(says(text, nested)).toEqual([expected]))
test('where it is told', () => {
  const [one] = told(toolCallSchema, reply({ calls: [call('a'), call('b', '{"city":5}')] }))
  expect(one).toBe('wrong-type at /choices/0/message/tool_calls/1/function/arguments: string, not number 5')
  const many = Array.from({ length: 25 }, (_, index) => call(`a${index}`, '{}'))
  expect(told(toolCallSchema, reply({ calls: many }))).toHaveLength(20)
})
