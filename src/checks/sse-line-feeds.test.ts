import { expect, test } from 'vitest'
import { json, judged, raw } from '../testing/transcript.ts'
import { sseLineFeeds } from './sse-line-feeds.ts'

const stream = (text: string) =>
  judged(sseLineFeeds, raw('POST /chat/completions', text, { headers: [['content-type', 'text/event-stream']] }))

test('holds', () => {
  expect(stream('data: {}\n\ndata: [DONE]\n\n')).toEqual(['held'])
  expect(stream('data: {"text":"a\\r\\nb"}\n\n')).toEqual(['held'])
})
test('two characters', () => expect(stream('data: {}\r\n\r\ndata: [DONE]\r\n\r\n')).toEqual(['crlf']))
test('another character', () => expect(stream('data: {}\r\rdata: [DONE]\r\r')).toEqual(['cr']))
test('nothing to look at', () => {
  expect(stream('')).toEqual(['unobserved'])
  expect(judged(sseLineFeeds, json('GET /models', {}))).toEqual(['unobserved'])
})
