import { expect, test } from 'vitest'
import { chatStream, json, judged, raw } from '../testing/transcript.ts'
import { streamDone } from './stream-done.ts'

const piece = (delta: object, finish_reason: unknown = null, index: unknown = 0) => ({
  id: 'a',
  choices: [{ index, delta, finish_reason }],
})
const body = (text: string) =>
  raw('POST /chat/completions', text, { headers: [['content-type', 'text/event-stream']], request: { stream: true } })

test('holds', () => {
  expect(judged(streamDone, chatStream([piece({}, 'stop'), '[DONE]']))).toEqual(['held'])
  expect(judged(streamDone, body('data:[DONE]\r\n\r\n'))).toEqual(['held'])
  expect(judged(streamDone, chatStream(['[DONE]'], { end: 'truncated' }))).toEqual(['held'])
  expect(judged(streamDone, body('event: done\ndata: [DONE]\n\n: bye\n\n'))).toEqual(['held'])
})
test('missing', () => {
  expect(judged(streamDone, chatStream([piece({}, 'stop')]))).toEqual(['missing'])
  expect(judged(streamDone, chatStream([]))).toEqual(['missing'])
  expect(judged(streamDone, chatStream([piece({}), 'DONE']))).toEqual(['missing'])
})
test('too early', () => {
  expect(judged(streamDone, chatStream([piece({}), '[DONE]', piece({}, 'stop')]))).toEqual(['early'])
})
test('cut', () => {
  expect(judged(streamDone, chatStream([piece({})], { end: 'truncated', endReason: 'UND_ERR_SOCKET' }))).toEqual(['truncated'])
})
test('left, failed, or framed wrongly', () => {
  expect(judged(streamDone, chatStream([piece({})], { end: 'stopped' }))).toEqual(['unobserved'])
  expect(judged(streamDone, chatStream([piece({})], { end: 'timeout' }))).toEqual(['unobserved'])
  expect(judged(streamDone, chatStream([piece({}), { error: { message: 'no' } }]))).toEqual(['unobserved'])
  expect(judged(streamDone, chatStream([piece({}), { error: { message: 'no' } }], { end: 'truncated' }))).toEqual(['unobserved'])
  expect(judged(streamDone, body('data: {}\n\ndata: [DONE]\n'))).toEqual(['unobserved'])
  expect(judged(streamDone, body('Data: {}\n\nData: [DONE]\n\n'))).toEqual(['unobserved'])
  expect(judged(streamDone, body('{}\n\n[DONE]\n\n'))).toEqual(['unobserved'])
  expect(judged(streamDone, body('data: {}\ndata: [DONE]\n\n'))).toEqual(['unobserved'])
  expect(judged(streamDone, json('POST /chat/completions', {}, { request: { stream: true } }))).toEqual(['unobserved'])
})
