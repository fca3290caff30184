import { expect, test } from 'vitest'
import { json, judged, raw } from '../testing/transcript.ts'
import { sseDataLine } from './sse-data-line.ts'

const stream = (text: string) =>
  judged(sseDataLine, raw('POST /chat/completions', text, { headers: [['content-type', 'text/event-stream']] }))

test('holds', () => expect(stream('data: {}\n\n: ping\n\ndata: [DONE]\n\n')).toEqual(['held']))
test('no space', () => expect(stream('data:{}\n\n')).toEqual(['no-space']))
test('several lines', () => expect(stream('data: {"a":\ndata: 1}\n\n')).toEqual(['several-lines']))
test('joined events are judged elsewhere', () => expect(stream('data: {}\ndata: {}\n\n')).toEqual(['held']))
test('nothing to look at', () => {
  expect(stream('')).toEqual(['unobserved'])
  expect(judged(sseDataLine, json('GET /models', {}))).toEqual(['unobserved'])
})
