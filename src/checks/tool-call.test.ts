import { expect, test } from 'vitest'
import { call, calls, chunk, head, more, reply, weather } from '../testing/tool-replies.ts'
import { chatStream, judged } from '../testing/transcript.ts'
import { toolCall } from './tool-call.ts'

const says = (view: Parameters<typeof judged>[1]) => judged(toolCall, view)

test('holds', () => expect(says(reply({ calls: [call('a')] }))).toEqual(['held']))
test('holds in a stream', () => expect(says(calls([head(0, 'a'), more(0, '{}')]))).toEqual(['held']))
test('finish without calls', () => expect(says(reply({ calls: [], finish: 'tool_calls' }))).toEqual(['no-calls']))
test('finish without calls in a stream', () => expect(says(calls([]))).toEqual(['no-calls']))
test('a call only in the message of the last chunk', () => {
  const last = { choices: [{ index: 0, delta: {}, message: { tool_calls: [call('a')] }, finish_reason: 'tool_calls' }] }
  expect(says(chatStream([chunk({ role: 'assistant' }), last, '[DONE]'], { request: { tools: [weather] } }))).toEqual(['no-calls'])
})
test('the old form', () => {
  expect(says(reply({ message: { function_call: { name: 'get_weather', arguments: '{}' } }, finish: 'function_call' }))).toEqual([
    'legacy-form',
  ])
  const chunks = [chunk({ function_call: { name: 'get_weather', arguments: '{}' } }), chunk({}, 'function_call'), '[DONE]']
  expect(says(chatStream(chunks, { request: { tools: [weather] } }))).toEqual(['legacy-form'])
})
test('entries without an index are the business of the shape', () => {
  expect(says(calls([{ id: 'a', type: 'function', function: { name: 'get_weather', arguments: '{}' } }]))).toEqual(['held'])
})
test('words under this finish are another rule', () => {
  expect(says(reply({ content: 'Hi.', finish: 'tool_calls' }))).toEqual(['unobserved'])
})
test('a call that is no list is the business of the shape', () => {
  expect(
    says(chatStream([chunk({ tool_calls: head(0, 'a') }), chunk({}, 'tool_calls'), '[DONE]'], { request: { tools: [weather] } })),
  ).toEqual(['held'])
})
test('no call', () => expect(says(reply({ content: 'Sunny.' }))).toEqual(['unobserved']))
test('no tools', () =>
  expect(says(reply({ content: 'Sunny.', finish: 'tool_calls', request: { tools: undefined } }))).toEqual(['unobserved']))
test('an empty list and null', () => {
  expect(says(reply({ calls: [], finish: 'stop' }))).toEqual(['unobserved'])
  expect(says(reply({ message: { tool_calls: null, function_call: null } }))).toEqual(['unobserved'])
})
