import { expect, test } from 'vitest'
import { json, judged, raw } from '../testing/transcript.ts'
import { sseUtf8 } from './sse-utf8.ts'

const stream = (...parts: (string | number[])[]) =>
  judged(
    sseUtf8,
    raw('POST /chat/completions', Buffer.concat(parts.map((part) => Buffer.from(part as string))), {
      headers: [['content-type', 'text/event-stream']],
    }),
  )

test('holds', () => expect(stream('data: {"a":"👩‍🚀 日本 \uFFFD"}\n\n')).toEqual(['held']))
test('a character cut in two', () =>
  expect(stream('data: {"a":"', [0xf0, 0x9f], '"}\n\ndata: {"a":"', [0x91, 0xa9], '"}\n\n')).toEqual(['invalid-utf8', 'invalid-utf8']))
test('another encoding', () => expect(stream('data: {"a":"caf', [0xe9], '"}\n\n')).toEqual(['invalid-utf8']))
test('nothing to look at', () => {
  expect(stream('')).toEqual(['unobserved'])
  expect(judged(sseUtf8, json('GET /models', {}))).toEqual(['unobserved'])
})
