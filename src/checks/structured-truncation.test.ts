import { expect, test } from 'vitest'
import { chatStream, json, judged, type Options } from '../testing/transcript.ts'
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
  for (const finish of ['stop', 'tool_calls']) expect(judged(structuredTruncation, view(half, finish))).toEqual(['finish'])
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
