import { expect, test } from 'vitest'
import { chatStream, json, judged, raw, responsesStream } from '../testing/transcript.ts'
import { messageComplete } from './message-complete.ts'

test('holds', () => expect(judged(messageComplete, json('GET /models', {}))).toEqual(['held']))
test('cut', () => {
  expect(judged(messageComplete, json('GET /models', {}, { end: 'truncated', endReason: 'UND_ERR_SOCKET' }))).toEqual(['truncated'])
  expect(judged(messageComplete, responsesStream([{ type: 'response.created' }], { end: 'truncated' }))).toEqual(['truncated'])
  expect(judged(messageComplete, chatStream([{}, '[DONE]'], { end: 'truncated' }))).toEqual(['truncated'])
})
test('owned elsewhere, or our own doing', () => {
  expect(judged(messageComplete, chatStream([{}], { end: 'truncated' }))).toEqual(['unobserved'])
  const headers = [['content-type', 'text/event-stream']] as const
  const cut = raw('POST /completions', 'data: {}\n\n', { end: 'truncated', headers, request: { stream: true } })
  expect(judged(messageComplete, cut)).toEqual(['unobserved'])
  expect(judged(messageComplete, chatStream([{}], { end: 'stopped' }))).toEqual(['unobserved'])
  expect(judged(messageComplete, chatStream([{}], { end: 'timeout' }))).toEqual(['unobserved'])
})
