import { expect, test } from 'vitest'
import { call, calls, declare, head, reply } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { toolCallArguments } from './tool-call-arguments.ts'

const says = (text: string) => judged(toolCallArguments, reply({ calls: [call('a', text)] }))

test('holds', () => expect(says('{"city":"Paris"}')).toEqual(['held']))
test.each([
  ['', 'empty'],
  ["{'city': 'Paris'}", 'not-json'],
  ['["Paris"]', 'not-object'],
  ['"{\\"city\\":\\"Paris\\"}"', 'double-encoded'],
  ['{"city":"Paris"}}', 'trailing'],
])('%s', (text, code) => expect(says(text)).toEqual([code]))
test('nothing for a function that needs nothing', () => {
  const tools = [declare('ping', { parameters: undefined })]
  expect(judged(toolCallArguments, reply({ calls: [call('a', '', 'ping')], request: { tools } }))).toEqual(['held', 'note:empty'])
})
test('null for a function without parameters is another rule', () => {
  const tools = [declare('ping', { parameters: undefined })]
  expect(judged(toolCallArguments, reply({ calls: [call('a', 'null', 'ping')], request: { tools } }))).toEqual(['unobserved'])
})
test('cut', () => expect(judged(toolCallArguments, reply({ calls: [call('a', '{"ci')], finish: 'length' }))).toEqual(['unobserved']))
test('an object is the business of the shape', () => {
  const entry = { id: 'a', type: 'function', function: { name: 'get_weather', arguments: { city: 'Paris' } } }
  expect(judged(toolCallArguments, reply({ calls: [entry] }))).toEqual(['unobserved'])
})
test('a stream has its own rule', () => expect(judged(toolCallArguments, calls([head(0, 'a', '{')]))).toEqual(['unobserved']))
