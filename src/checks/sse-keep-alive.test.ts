import { expect, test } from 'vitest'
import { json, judged, raw } from '../testing/transcript.ts'
import { sseKeepAlive } from './sse-keep-alive.ts'

const stream = (text: string) =>
  judged(sseKeepAlive, raw('POST /chat/completions', text, { headers: [['content-type', 'text/event-stream']] }))

test('holds', () => expect(stream(': PROCESSING\n\n:\n\ndata: {}\n\n')).toEqual(['held']))
test.each(['PROCESSING', 'keep-alive', '.'])('%s is bare text', (line) => expect(stream(`${line}\n\ndata: {}\n\n`)).toEqual(['bare-text']))
test('bare text before an event', () => expect(stream('PING\ndata: {}\n\n')).toEqual(['bare-text']))
test.each(['data:', 'data: ', 'data'])('%j is empty', (line) => expect(stream(`${line}\n\ndata: {}\n\n`)).toEqual(['empty-data']))
test('an empty event in the place of the sentinel is judged elsewhere', () => {
  expect(stream('data: {}\n\ndata: \n\n')).toEqual(['unobserved'])
  expect(stream('data: {}\n\ndata: \n\ndata: [DONE]\n\n')).toEqual(['empty-data'])
})
test('no idle traffic', () => {
  expect(stream('data: {}\n\n')).toEqual(['unobserved'])
  expect(stream('data: {\n  "a": 1\n}\n\n')).toEqual(['unobserved'])
  expect(stream('data: {"a":\ndata:\ndata: 1}\n\n')).toEqual(['unobserved'])
  expect(judged(sseKeepAlive, json('GET /models', {}))).toEqual(['unobserved'])
})
