import { expect, test } from 'vitest'
import { chatStream, json, judged, raw } from '../testing/transcript.ts'
import { sseFraming } from './sse-framing.ts'

const stream = (text: string) =>
  judged(sseFraming, raw('POST /chat/completions', text, { headers: [['content-type', 'text/event-stream']], request: { stream: true } }))

test.each([
  'data: {}\n\ndata: [DONE]\n\n',
  'data: {}\r\n\r\ndata: [DONE]\r\n\r\n',
  'data: {}\r\rdata: [DONE]\r\r',
  '\uFEFFdata:{}\n\n: ping\n\nid: 1\nevent: message\nretry: 5\ndata: [DONE]\n\n',
  'data: {"a":\ndata: 1}\n\n: bye\n',
  'data: {}\n\n\n\ndata: [DONE]\n\n',
])('%j holds', (text) => expect(stream(text)).toEqual(['held']))
test('lines outside the grammar', () => {
  expect(stream('data: {}\n\nfoo: bar\n\ndata: [DONE]\n\n')).toEqual(['stray-line'])
  expect(stream('data: {}\n\n{"id":"x"}\n\ndata: [DONE]\n\n')).toEqual(['stray-line'])
  expect(stream('data: {}\n\nDATA: {}\n\ndata: [DONE]\n\n')).toEqual(['stray-line'])
})
test('broken JSON over several lines', () =>
  expect(stream('data: {\n  "a": 1\n}\n\ndata: [DONE]\n\n')).toEqual(['stray-line', 'stray-line']))
test('no blank line between events', () => {
  expect(stream('data: {}\ndata: {}\ndata: [DONE]\n\n')).toEqual(['missing-blank-line'])
  expect(stream('data: {}\n\ndata: {}\n\ndata: {}\ndata: [DONE]\n\n')).toEqual(['missing-blank-line'])
  expect(stream('data: {}\n\ndata: {}\n\nevent: a\ndata: {}\nevent: b\ndata: {}\n\n')).toEqual(['missing-blank-line'])
})
test('lines of JSON under the label of a stream', () => expect(stream('{"a":1}\n{"a":2}\n')).toEqual(['stray-line', 'stray-line']))
test('no blank line at the end', () => {
  expect(stream('data: {}\n\ndata: [DONE]\n')).toEqual(['unterminated'])
  expect(stream('data: {}\n\ndata: [DONE]')).toEqual(['unterminated'])
})
test('owned elsewhere', () => {
  expect(stream('PING\n\ndata: {}\n\n')).toEqual(['held'])
  expect(stream('PING\ndata: {}\n\n')).toEqual(['held'])
  expect(stream('data: {}\n\ndata: {}{}\n\n')).toEqual(['held'])
  expect(stream('{"choices":[]}')).toEqual(['unobserved'])
  expect(stream('')).toEqual(['unobserved'])
  expect(judged(sseFraming, chatStream([{}], { status: 400 }))).toEqual(['unobserved'])
  expect(judged(sseFraming, json('POST /chat/completions', {}))).toEqual(['unobserved'])
})
