import { expect, test } from 'vitest'
import { call, calls, declare, head, reply, weather } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { toolChoice } from './tool-choice.ts'

const none = { tool_choice: 'none' }
const required = { tool_choice: 'required' }
const tools = [weather, declare('get_time')]
const named = { tools, tool_choice: { type: 'function', function: { name: 'get_time' } } }
const allowed = (mode: string) => ({
  tools,
  tool_choice: { type: 'allowed_tools', allowed_tools: { mode, tools: [{ type: 'function', function: { name: 'get_time' } }] } },
})

const says = (kind: string, view: ReturnType<typeof reply>) => judged(toolChoice, view, { kind })

test('none', () => {
  expect(says('none', reply({ content: 'Sunny.', request: none }))).toEqual(['held'])
  expect(says('none', reply({ content: '', request: none }))).toEqual(['held'])
  expect(says('none', reply({ content: 'Sun', finish: 'length', request: none }))).toEqual(['held'])
  expect(says('none', reply({ calls: [call('a')], request: none }))).toEqual(['ignored'])
  expect(says('none', calls([head(0, 'a')], { request: none }))).toEqual(['ignored'])
  expect(says('none', reply({ content: 'Sunny.', calls: [], finish: 'stop', request: none }))).toEqual(['held'])
  expect(says('none', reply({ content: 'Sunny.' }))).toEqual(['unobserved'])
})

test('required', () => {
  expect(says('required', reply({ calls: [call('a')], request: required }))).toEqual(['held'])
  expect(says('required', reply({ content: 'Hi.', request: required }))).toEqual(['ignored'])
  expect(says('required', reply({ content: '', request: required }))).toEqual(['ignored'])
  expect(says('required', calls([], { finish: 'stop', request: required }))).toEqual(['ignored'])
})

test.each([
  ['cut', { finish: 'length', content: 'noise' }],
  ['filtered', { finish: 'content_filter' }],
  ['never finished', { finish: null }],
  ['refused by the model', { message: { refusal: 'No.' } }],
  ['a call in the old form', { message: { function_call: { name: 'get_weather', arguments: '{}' } } }],
  ['a call left in the text', { content: '<tool_call>{"name": "get_weather"}' }],
  ['a finish that claims a call', { finish: 'tool_calls' }],
])('required: %s is not disobedience', (_, given) =>
  expect(says('required', reply({ ...given, request: required }))).toEqual(['unobserved']),
)

test('required: a call that was left among the thoughts was made, and got lost', () => {
  const thoughts = (text: string) => ({ content: '', message: { reasoning_content: text }, finish: 'stop', request: required })
  expect(says('required', reply(thoughts('<tool_call>{"name": "get_weather", "arguments": {}}</tool_call>')))).toEqual(['ignored'])
  expect(says('required', reply(thoughts('I had better look it up.')))).toEqual(['unobserved'])
})

test('required in a stream without indexes', () => {
  const entry = { id: 'a', type: 'function', function: { name: 'get_weather', arguments: '{}' } }
  expect(says('required', calls([entry], { finish: 'stop', request: required }))).toEqual(['held'])
})

test('named', () => {
  expect(says('named', reply({ calls: [call('a', '{}', 'get_time')], finish: 'stop', request: named }))).toEqual(['held'])
  expect(says('named', reply({ calls: [call('a')], request: named }))).toEqual(['other-function'])
  expect(says('named', reply({ content: 'Sunny.', request: named }))).toEqual(['ignored'])
  expect(says('named', reply({ calls: [call('a', '{}', 'functions.get_time')], request: named }))).toEqual(['held'])
  expect(says('named', reply({ content: 'noise', finish: 'length', request: named }))).toEqual(['unobserved'])
})

test('allowed', () => {
  expect(says('allowed', reply({ calls: [call('a', '{}', 'get_time')], request: allowed('required') }))).toEqual(['held'])
  expect(says('allowed', reply({ calls: [call('a')], request: allowed('auto') }))).toEqual(['other-function'])
  expect(says('allowed', reply({ content: 'Sunny.', request: allowed('required') }))).toEqual(['ignored'])
  expect(says('allowed', reply({ content: 'Sunny.', request: allowed('auto') }))).toEqual(['unobserved'])
})
