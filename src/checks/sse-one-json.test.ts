import { expect, test } from 'vitest'
import { told } from '../testing/told.ts'
import { chatStream, json, judged, raw } from '../testing/transcript.ts'
import { sseOneJson } from './sse-one-json.ts'

const stream = (text: string) =>
  judged(sseOneJson, raw('POST /chat/completions', text, { headers: [['content-type', 'text/event-stream']] }))
const sent = (...data: (string | object)[]) => judged(sseOneJson, chatStream([{ choices: [] }, ...data, { choices: [] }]))

test('holds', () => {
  expect(sent({}, '[DONE]')).toEqual(['held'])
  expect(stream('data: {"a":\ndata: 1}\n\n')).toEqual(['held'])
})
test.each(['hello', '{"a":', '{"a":NaN}', "{'a':1}", 'ping', 'undefined', '{"a":1} and more', '{"a":1}more{"b":2}', '{a:1}, {b:2}'])(
  '%s is not JSON',
  (data) => expect(sent(data)).toEqual(['not-json']),
)
test.each(['[1]', '5', '"text"', 'null', 'true'])('%s is no object', (data) => expect(sent(data)).toEqual(['not-object']))
test('several', () => {
  expect(sent('{"a":{"b":1}}{"c":2}')).toEqual(['several'])
  expect(sent('{"a":1}, {"b":2}')).toEqual(['several'])
  // to a parser a missing blank line makes one event of two
  expect(stream('data: {"a":1}\ndata: {"b":1}\n\n')).toEqual(['several'])
})
test('owned elsewhere', () => {
  expect(sent('')).toEqual(['held'])
  expect(sent('"[DONE]"')).toEqual(['held'])
  expect(sent('[done]', 'DONE')).toEqual(['held'])
  expect(stream('data: {}\n\nevent: error\ndata: overloaded\n\n')).toEqual(['held'])
  expect(sent('Internal Server Error')).toEqual(['held'])
  expect(judged(sseOneJson, chatStream([{ choices: [] }, 'finished']))).toEqual(['held'])
  expect(stream('data: {\n  "a": 1\n}\n\n')).toEqual(['held'])
  const headers = [['content-type', 'text/event-stream']] as const
  expect(judged(sseOneJson, raw('POST /completions', 'data: {}\n\ndata: [END]\n\n', { headers }))).toEqual(['held'])
})
test('in the last place too only a word may stand for the sentinel', () => {
  const last = (data: string) => judged(sseOneJson, chatStream([{ choices: [] }, data]))
  for (const data of ['{"a":1', 'hello {', 'hello '.repeat(9)]) expect(last(data)).toEqual(['not-json'])
  expect(last('5')).toEqual(['not-object'])
})
test('an error in words is an error event by its name, and only where streams end with a sentinel', () => {
  expect(stream('event: error\ndata: no luck today\n\ndata: {}\n\ndata: [DONE]\n\n')).toEqual(['held'])
  expect(stream('event: error\ndata: [1]\n\ndata: {}\n\ndata: [DONE]\n\n')).toEqual(['not-object'])
  const headers = [['content-type', 'text/event-stream']] as const
  expect(judged(sseOneJson, raw('POST /responses', 'event: error\ndata: overloaded\n\n', { headers }))).toEqual(['not-json'])
})
test('data that a line outside the grammar has torn', () => {
  expect(stream('data: {"a":\n  1\n}\n\ndata: {}\n\ndata: [DONE]\n\n')).toEqual(['held'])
})
test('the end of the first of several objects is looked for in a hundred places', () => {
  const nested = (count: number) => `{"a":[${Array.from({ length: count }, () => '{}').join(', ')}]}{"b":1}`
  expect(sent(nested(99))).toEqual(['several'])
  expect(sent(nested(100))).toEqual(['not-json'])
  expect(sent(`{"a":{},"b":"${'x'.repeat(200)}"}{"c":1}`)).toEqual(['several'])
})
test('twenty are told', () => {
  const hello = (count: number) => told(sseOneJson, chatStream([...Array.from({ length: count }, () => 'hello'), {}, '[DONE]']))
  expect([1, 2, 20, 25].map((count) => hello(count).length)).toEqual([1, 2, 20, 20])
})
test('nothing to look at', () => {
  const headers = [['content-type', 'text/event-stream']] as const
  expect(judged(sseOneJson, raw('POST /chat/completions', 'data: hello\n\ndata: {}\n\n', { headers, status: 400 }))).toEqual(['unobserved'])
  expect(stream('')).toEqual(['unobserved'])
  expect(judged(sseOneJson, json('GET /models', {}))).toEqual(['unobserved'])
})
