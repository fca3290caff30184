import { expect, test } from 'vitest'
import { json, judged, raw } from '../testing/transcript.ts'
import { sseDataless } from './sse-dataless.ts'

const stream = (text: string) =>
  judged(sseDataless, raw('POST /chat/completions', text, { headers: [['content-type', 'text/event-stream']] }))

test('holds', () => expect(stream(': hi\n\nevent: message\nid: 1\nretry: 5\ndata: {}\n\nPING\n\n')).toEqual(['held']))
test.each(['event: ping', 'id: 1', 'retry: 3000'])('%s alone', (line) => expect(stream(`${line}\n\ndata: {}\n\n`)).toEqual(['dataless']))
test('data without its name is judged elsewhere', () => expect(stream('event: a\n{"a":1}\n\ndata: {}\n\n')).toEqual(['held']))
test('nothing to look at', () => {
  expect(stream('')).toEqual(['unobserved'])
  expect(judged(sseDataless, json('GET /models', {}))).toEqual(['unobserved'])
})
