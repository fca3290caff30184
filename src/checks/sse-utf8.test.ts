import { expect, test } from 'vitest'
import { chatStream, json, judged, raw } from '../testing/transcript.ts'
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
test('a character that was cut before it was encoded', () => {
  const echo = (content: string) =>
    judged(
      sseUtf8,
      chatStream([{ choices: [{ index: 0, delta: { content } }] }], {
        request: { messages: [{ role: 'user', content: 'Repeat this line exactly: river 🚀 日本 sea' }] },
      }),
    )
  expect(echo('river \ufffd\ufffd 日本 sea')).toEqual(['replaced'])
  expect(echo('river ? 日本 sea')).toEqual(['held'])
  expect(echo('lake \ufffd')).toEqual(['held'])
})
test('another encoding', () => expect(stream('data: {"a":"caf', [0xe9], '"}\n\n')).toEqual(['invalid-utf8']))
test('nothing to look at', () => {
  expect(stream('')).toEqual(['unobserved'])
  expect(judged(sseUtf8, json('GET /models', {}))).toEqual(['unobserved'])
})
