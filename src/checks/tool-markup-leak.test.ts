import { expect, test } from 'vitest'
import { call, chunk, reply, weather } from '../testing/tool-replies.ts'
import { chatStream, judged } from '../testing/transcript.ts'
import { toolMarkupLeak } from './tool-markup-leak.ts'

const raw = '<tool_call>\n{"name": "get_weather", "arguments": {"city": "Paris"}}\n</tool_call>'
const says = (content: unknown, more = {}) => judged(toolMarkupLeak, reply({ content, ...more }))

test('holds', () => expect(says('It is sunny.')).toEqual(['held']))
test('holds with a call and no text', () => expect(judged(toolMarkupLeak, reply({ calls: [call('a')] }))).toEqual(['held']))
test('raw', () => expect(says(raw)).toEqual(['markup']))
test('raw in a cut reply', () => expect(says('<tool_call>\n{"name": "get', { finish: 'length' })).toEqual(['markup']))
test('raw beside a call', () => expect(says('</tool_call>', { calls: [call('a')] })).toEqual(['markup']))
test('raw in a stream', () => {
  const chunks = [chunk({ content: '<tool_' }), chunk({ content: 'call>{"name"' }), chunk({}, 'stop'), '[DONE]']
  expect(judged(toolMarkupLeak, chatStream(chunks, { request: { tools: [weather] } }))).toEqual(['markup'])
})
test('raw although calls are switched off', () => expect(says(raw, { request: { tool_choice: 'none' } })).toEqual(['markup']))
test('raw after a history of calls', () => {
  const messages = [
    { role: 'assistant', tool_calls: [call('a')] },
    { role: 'tool', tool_call_id: 'a', content: '21' },
  ]
  expect(says(raw, { request: { tools: undefined, messages } })).toEqual(['markup'])
})
test('a call as plain JSON is noted', () => {
  expect(says('```json\n{"name": "get_weather", "arguments": {"city": "Paris"}}\n```')).toEqual(['held', 'note:json-call'])
})
test('noise', () => expect(says('sea <tool_call> river �')).toEqual(['held']))
test('quoted', () => expect(says(raw, { request: { messages: [{ role: 'user', content: 'Explain <tool_call>{}.' }] } })).toEqual(['held']))
test('no tools', () => expect(says(raw, { request: { tools: undefined } })).toEqual(['unobserved']))
test('no text', () => expect(says(null)).toEqual(['unobserved']))
