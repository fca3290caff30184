import { expect, test } from 'vitest'
import { json, judged, raw } from '../testing/transcript.ts'
import { sseNoId } from './sse-no-id.ts'

const stream = (text: string) => judged(sseNoId, raw('POST /chat/completions', text, { headers: [['content-type', 'text/event-stream']] }))

test('holds', () => expect(stream('data: {"id":"x"}\n\n')).toEqual(['held']))
test('an id line', () => expect(stream('id: 1\ndata: {}\n\nid: 2\ndata: {}\n\n')).toEqual(['id-line']))
test('nothing to look at', () => {
  expect(stream('')).toEqual(['unobserved'])
  expect(judged(sseNoId, json('GET /models', {}))).toEqual(['unobserved'])
})
