import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { structuredInvalid } from './structured-invalid.ts'

const format = (schema: object) => ({ response_format: { type: 'json_schema', json_schema: { name: 'x', schema } } })
const good = (content: string, status = 200) =>
  json(
    'POST /chat/completions',
    { choices: [{ index: 0, message: { content }, finish_reason: 'stop' }] },
    { request: format({ type: 'object', required: ['a'] }), status },
  )
const broken = (status: number) => {
  const body =
    status < 300 ? { choices: [{ index: 0, message: { content: 'text' }, finish_reason: 'stop' }] } : { error: { message: 'no' } }
  return json('POST /chat/completions', body, { request: format({ type: 'objekt' }), breaks: 'response_format', status })
}

test('holds', () => {
  expect(judged(structuredInvalid, broken(400))).toEqual(['held'])
  expect(judged(structuredInvalid, [good('{"a":1}'), broken(400)])).toEqual(['held'])
  expect(judged(structuredInvalid, broken(422))).toEqual(['held', 'note:lenient'])
})
test('another status', () => {
  expect(judged(structuredInvalid, [good('', 400), broken(200)])).toEqual(['status'])
  for (const status of [200, 404, 500]) expect(judged(structuredInvalid, [good('{"a":1}'), broken(status)])).toEqual(['status'])
})
test('unobserved', () => {
  expect(judged(structuredInvalid, [good('', 400), broken(400)])).toEqual(['unobserved'])
  expect(judged(structuredInvalid, [good('prose'), broken(200)])).toEqual(['unobserved'])
  expect(judged(structuredInvalid, [good('```json\n{"a":1}\n```'), broken(200)])).toEqual(['unobserved'])
  expect(judged(structuredInvalid, broken(429))).toEqual(['unobserved'])
})
