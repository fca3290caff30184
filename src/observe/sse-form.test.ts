import { expect, test } from 'vitest'
import { observed } from '../testing/observed.ts'
import { raw } from '../testing/transcript.ts'
import { sseForm } from './sse-form.ts'

const stream = (text: string) =>
  raw('POST /chat/completions', text, { headers: [['content-type', 'text/event-stream']], request: { stream: true } })
const data = '{"choices":[]}'

test.each([
  ['plain', `data: ${data}\n\ndata: [DONE]\n\n`],
  ['no-space', `data:${data}\n\ndata:[DONE]\n\n`],
  ['crlf', `data: ${data}\r\n\r\n`],
  ['crlf', `data: ${data}\r\r`],
  ['fields', `id: 1\ndata: ${data}\n\n`],
  ['fields', `: ping\n\ndata: ${data}\n\n`],
  ['fields', `event: message\ndata: ${data}\n\n`],
  ['several', `id: 1\r\ndata: ${data}\r\n\r\n`],
])('%s', (value, text) => expect(observed(sseForm, stream(text))).toBe(value))
test('what a part of the streams shows', () =>
  expect(observed(sseForm, stream(`data: ${data}\n\n`), stream(`: ping\n\ndata: ${data}\n\n`))).toBe('fields'))
test('nothing to tell', () => expect(observed(sseForm, stream(''))).toBeUndefined())
