import { expect, test } from 'vitest'
import { told } from '../testing/told.ts'
import { json, judged, raw } from '../testing/transcript.ts'
import { messageClean } from './message-clean.ts'

const said = (message: unknown, model = 'm') =>
  judged(messageClean, json('POST /chat/completions', { error: { message } }, { status: 400, request: { model } }))

test.each([
  "Invalid type for 'messages': expected an array of objects, but got a string instead.",
  "'messages' is a required property",
  'Invalid URL (POST /v1/no-such-resource)',
  "'objekt' is not valid under any of the given schemas. In context=('type',), see https://example.org/docs/app/errors",
  'The model `no-such-model-zz` does not exist or you do not have access to it. Try it at 10:30.',
  'Unsupported media type text/plain; use application/json',
  'Expected one of: "c" | "f"\n  at position 12',
])('for callers: %s', (message) => expect(said(message)).toEqual(['held']))

test.each([
  'Traceback (most recent call last):\n  File "x.py", line 3, in <module>',
  'TypeError: x is undefined\n    at Object.<anonymous> (/srv/index.js:10:5)',
  'Cannot read properties of undefined\n    at handler (server.js:10:5)',
  'java.lang.NullPointerException at com.acme.Server.handle(Server.java:42)',
  'goroutine 17 [running]:',
  "thread 'main' panicked at src/main.rs:4:5",
])('stack trace: %s', (message) => expect(said(message)).toEqual(['stack-trace']))

test.each(["Got <class 'str'>", 'bad <foo.Bar object at 0x7f3a2c>', "[{'type': 'missing', 'loc': ('body', 'messages')}]"])(
  'printed object: %s',
  (message) => expect(said(message)).toEqual(['language-repr']),
)
test.each(['open /home/me/weights/x.bin failed', 'error in /app/server/routes.py', 'C:\\srv\\models\\x'])('path: %s', (message) =>
  expect(said(message)).toEqual(['file-path']),
)
test('the id of the model may be a path', () =>
  expect(said('The model /home/me/weights/x does not exist', '/home/me/weights/x')).toEqual(['held']))
test('nothing to read', () => {
  expect(judged(messageClean, raw('POST /chat/completions', 'Traceback (most recent call last)', { status: 500 }))).toEqual(['unobserved'])
  expect(judged(messageClean, json('POST /chat/completions', { error: { message: 'goroutine 17 [running]:' } }))).toEqual(['unobserved'])
  expect(judged(messageClean, json('POST /chat/completions', {}, { status: 400 }))).toEqual(['unobserved'])
})

const leak = 'goroutine 17 [running]:'
const body = (value: unknown) => json('POST /chat/completions', value, { status: 400 })

test('where it is told, three times at most', () => {
  expect(told(messageClean, body({ 'a/b': { 'c~d': [' open /home/me/x '] } }))).toEqual([
    'file-path at /a~1b/c~0d/0: words for the caller, not "/home/me/x"',
  ])
  expect(told(messageClean, body([leak, leak, leak, leak]))).toHaveLength(3)
})
test('a body is read to a depth, and texts to a number and a length', () => {
  const nested = (depth: number): unknown => (depth === 0 ? leak : { in: nested(depth - 1) })
  expect(judged(messageClean, body(nested(6)))).toEqual(['stack-trace'])
  expect(judged(messageClean, body(nested(7)))).toEqual(['unobserved'])
  const texts = (count: number) => ({ a: Array.from({ length: count }, () => 'no'), z: leak })
  expect(judged(messageClean, body(texts(49)))).toEqual(['stack-trace'])
  expect(judged(messageClean, body(texts(50)))).toEqual(['held'])
  const numbers = (count: number) => Object.fromEntries([...Array.from({ length: count }, (_, index) => [`n${index}`, index]), ['z', leak]])
  expect(judged(messageClean, body(numbers(49)))).toEqual(['stack-trace'])
  expect(judged(messageClean, body(numbers(50)))).toEqual(['unobserved'])
  expect(said(`${'.'.repeat(20_000 - leak.length)}${leak}`)).toEqual(['stack-trace'])
  expect(said(`${'.'.repeat(20_000)}${leak}`)).toEqual(['held'])
})
