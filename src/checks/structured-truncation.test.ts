import { expect, test } from 'vitest'
import { told } from '../testing/told.ts'
import { chatStream, json, judged, type Options } from '../testing/transcript.ts'
import type { View } from '../types.ts'
import { structuredTruncation } from './structured-truncation.ts'

const format = { type: 'json_schema', json_schema: { name: 'essay', schema: { type: 'object' } } }
const request = { response_format: format, max_tokens: 16 }
const view = (content: string | null, finish_reason: unknown, options: Options = { request }, completion_tokens = 16) =>
  json(
    'POST /chat/completions',
    { choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason }], usage: { completion_tokens } },
    options,
  )
const half = '{"essay":"Rivers run'

test('holds', () => {
  expect(judged(structuredTruncation, view(half, 'length'))).toEqual(['held'])
  expect(judged(structuredTruncation, view(null, 'length'))).toEqual(['held'])
})
test('another finish', () => {
  for (const finish of ['stop', 'tool_calls', 'function_call']) expect(judged(structuredTruncation, view(half, finish))).toEqual(['finish'])
  const plain = { request: { max_tokens: 16 } }
  expect(judged(structuredTruncation, [view('Rivers run', 'length', plain), view(half, 'stop')])).toEqual(['finish'])
  const pieces = [
    { choices: [{ index: 0, delta: { content: half }, finish_reason: null }] },
    { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
  ]
  expect(judged(structuredTruncation, chatStream([...pieces, '[DONE]'], { request }))).toEqual(['finish'])
})
test('unobserved', () => {
  const plain = { request: { max_tokens: 16 } }
  expect(judged(structuredTruncation, [view('Rivers run', 'stop', plain), view(half, 'stop')])).toEqual(['unobserved'])
  expect(judged(structuredTruncation, view('{"essay":"Short."}', 'stop'))).toEqual(['unobserved'])
  expect(judged(structuredTruncation, view('Rivers run', 'stop'))).toEqual(['unobserved'])
  expect(judged(structuredTruncation, view(half, 'content_filter'))).toEqual(['unobserved'])
  expect(judged(structuredTruncation, view(half, 'stop', { request }, 5))).toEqual(['unobserved'])
  expect(judged(structuredTruncation, view(half, 'stop', plain))).toEqual(['unobserved'])
  expect(judged(structuredTruncation, view(half, 'stop', { request, status: 400 }))).toEqual(['unobserved'])
})
test('where it is told', () => {
  expect(told(structuredTruncation, view(half, 'stop'))).toEqual(['finish at /choices/0/finish_reason: "length", not "stop"'])
})
test('an answer that met its cap, and begins like JSON', () => {
  expect(judged(structuredTruncation, view(half, 'stop', { request }, 14))).toEqual(['finish'])
  expect(judged(structuredTruncation, view(half, 'stop', { request }, 13))).toEqual(['unobserved'])
  expect(judged(structuredTruncation, view(`\n ${half}`, 'stop'))).toEqual(['finish'])
  expect(judged(structuredTruncation, view(`Sure: ${half}`, 'stop'))).toEqual(['unobserved'])
  const uncounted = (given: object) =>
    json(
      'POST /chat/completions',
      { choices: [{ index: 0, message: { content: half }, finish_reason: 'stop' }] },
      { request: { ...given } },
    )
  expect(judged(structuredTruncation, uncounted(request))).toEqual(['finish'])
  expect(judged(structuredTruncation, uncounted({ response_format: format }))).toEqual(['unobserved'])
})
test('several choices, or pieces that cannot be joined', () => {
  expect(judged(structuredTruncation, view(half, 'stop', { request: { ...request, n: 2 } }))).toEqual(['unobserved'])
  const pieces = [{ choices: [{ index: 0, delta: { content: half }, finish_reason: 'stop' }] }, '{"a":1}{"b":2}', '[DONE]']
  expect(judged(structuredTruncation, chatStream(pieces, { request }))).toEqual(['unobserved'])
})
test.each<readonly [string, string, View]>([
  ['unobserved', 'words that were cut without saying so', view('Rivers run', 'stop', { request: { max_tokens: 16 } })],
  [
    'unobserved',
    'another format',
    view('Rivers run', 'stop', { request: { max_tokens: 16, response_format: { type: 'no_json_at_all' } } }),
  ],
  ['finish', 'JSON', view(half, 'stop')],
  ['finish', 'words that were not cut', view('Rivers run.', 'stop', { request: { max_tokens: 16 } }, 4)],
  ['finish', 'no finish', view('Rivers run', null, { request: { max_tokens: 16 } })],
  ['finish', 'a failure', view('Rivers run', 'stop', { request: { max_tokens: 16 }, status: 500 })],
  ['finish', 'no message', json('POST /chat/completions', { choices: [{ finish_reason: 'stop' }] }, { request: { max_tokens: 16 } })],
])('%s beside %s', (expected, _, other) => expect(judged(structuredTruncation, [other, view(half, 'stop')])).toEqual([expected]))
test('a format of another name asks for no JSON', () => {
  for (const other of [{}, { response_format: { type: 'no_json_at_all' } }])
    expect(judged(structuredTruncation, view('Rivers run', 'length', { request: { max_tokens: 16, ...other } }))).toEqual(['unobserved'])
  expect(
    judged(structuredTruncation, view(half, 'stop', { request: { ...request, response_format: { type: 'no_json_at_all' } } })),
  ).toEqual(['unobserved'])
})
