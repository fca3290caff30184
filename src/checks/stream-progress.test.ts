import { expect, test } from 'vitest'
import { chatStream, json, judged, type Options, responsesStream } from '../testing/transcript.ts'
import { streamProgress } from './stream-progress.ts'

const chat = (options: Options, ...more: string[]) => judged(streamProgress, chatStream([{}, ...more], options))
const silent = { end: 'timeout', endReason: 'no bytes in time' } as const
const endless = { end: 'timeout', endReason: 'took too long in all' } as const

test('holds', () => {
  expect(chat({}, '[DONE]')).toEqual(['held'])
  expect(chat({ ...silent, endAtMs: 90_000 }, '[DONE]')).toEqual(['held'])
  expect(judged(streamProgress, responsesStream([{ type: 'response.completed' }]))).toEqual(['held'])
})
test('stalled', () => {
  expect(chat({ ...silent, endAtMs: 6000 })).toEqual(['stalled'])
  expect(chat({ ...endless, endAtMs: 300_000 })).toEqual(['stalled'])
})
test('cannot be told', () => {
  expect(chat({ ...endless, endAtMs: 9000 })).toEqual(['unobserved'])
  expect(chat({ end: 'truncated' })).toEqual(['unobserved'])
  expect(chat({ end: 'complete' })).toEqual(['unobserved'])
  expect(judged(streamProgress, chatStream([], { ...silent, endAtMs: 60_000 }))).toEqual(['unobserved'])
  expect(judged(streamProgress, json('GET /models', {}, { ...silent }))).toEqual(['unobserved'])
})
