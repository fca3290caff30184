import { expect, test } from 'vitest'
import { chatStream, json, judged, type Options, responsesStream } from '../testing/transcript.ts'
import { sseClose } from './sse-close.ts'

const chat = (options: Options) => judged(sseClose, chatStream([{}, '[DONE]'], options))
const completed = { type: 'response.completed', response: {} }

test('holds', () => {
  expect(chat({ endAtMs: 50 })).toEqual(['held'])
  expect(judged(sseClose, responsesStream([completed, '[DONE]'], { endAtMs: 50 }))).toEqual(['held'])
})
test('held open', () => {
  expect(chat({ endAtMs: 2500 })).toEqual(['held-open'])
  expect(chat({ endAtMs: 60_000, end: 'timeout' })).toEqual(['held-open'])
  expect(judged(sseClose, responsesStream([completed], { endAtMs: 2500 }))).toEqual(['held-open'])
})
test('cannot be told', () => {
  expect(chat({ end: 'truncated', endAtMs: 9000 })).toEqual(['unobserved'])
  expect(chat({ end: 'stopped', endAtMs: 9000 })).toEqual(['unobserved'])
  expect(judged(sseClose, chatStream([{}], { endAtMs: 9000 }))).toEqual(['unobserved'])
  expect(judged(sseClose, json('GET /models', {}))).toEqual(['unobserved'])
})
