import { expect, test } from 'vitest'
import { call, calls, declare, head, more, reply } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
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
})
