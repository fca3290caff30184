import { expect, test } from 'vitest'
import { chatStream, json, judged, raw } from '../testing/transcript.ts'
import { sseOneJson } from './sse-one-json.ts'

const stream = (text: string) =>
  judged(sseOneJson, raw('POST /chat/completions', text, { headers: [['content-type', 'text/event-stream']] }))
const sent = (...data: (string | object)[]) => judged(sseOneJson, chatStream([{ choices: [] }, ...data, { choices: [] }]))

test('holds', () => {
  expect(sent({}, '[DONE]')).toEqual(['held'])
  expect(stream('data: {"a":\ndata: 1}\n\n')).toEqual(['held'])
})
test.each(['hello', '{"a":', '{"a":NaN}', "{'a':1}", 'ping', 'undefined'])('%s is not JSON', (data) =>
  expect(sent(data)).toEqual(['not-json']),
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
test('nothing to look at', () => {
  expect(stream('')).toEqual(['unobserved'])
  expect(judged(sseOneJson, json('GET /models', {}))).toEqual(['unobserved'])
})
