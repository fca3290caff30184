import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { End, Endpoint, Exchange, Headers, ShapeViolation } from '../types.ts'
import { toView, withoutBody } from './view.ts'

interface Options {
  readonly headers?: Headers
  readonly status?: number
  readonly request?: string
  readonly endpoint?: Endpoint
  readonly end?: End
}

const exchange = (
  body: Uint8Array | string,
  { headers = [], status = 200, request = '{"stream":true}', endpoint = 'POST /chat/completions', end = 'complete' }: Options = {},
): Exchange => {
  const bytes = Buffer.from(body as string)
  return {
    probe: 's/p',
    attempt: 2,
    step: 1,
    try: 1,
    auth: 'wrong',
    request: { endpoint, url: 'http://h/', headers: [['a', 'b']], body: Buffer.from(request), sentAtMs: 0 },
    outcome: {
      kind: 'response',
      status,
      headers,
      body: bytes,
      reads: { atMs: [4], ends: [bytes.length] },
      end,
      headersAtMs: 1,
      endAtMs: 5,
    },
  }
}
const view = (body: Uint8Array | string, options: Options = {}, breaks?: string) => {
  const made = toView(exchange(body, options), () => [], breaks)
  if (!made) throw new Error('no view')
  return made
}
const typed = (type: string): Options => ({ headers: [['Content-Type', type]] })
const chunk = 'data: {"choices":[{"index":0,"delta":{"content":"OK"}}]}\n\n'

test('a failure has no view', () => {
  expect(toView({ ...exchange(''), outcome: { kind: 'failure', code: 'X', message: '', atMs: 0 } }, () => [])).toBeUndefined()
})

test('a JSON answer', () => {
  expect(view('{"choices":[]}', typed(' Application/JSON ; charset=utf-8'), 'messages')).toMatchObject({
    probe: 's/p',
    attempt: 2,
    step: 1,
    auth: 'wrong',
    breaks: 'messages',
    request: { stream: true },
    mediaType: 'application/json',
    streamed: false,
    events: [],
    json: { choices: [] },
    completion: { choices: [] },
  })
  expect(view('{"torn').json).toBeUndefined()
  expect(view('\uFEFF{"a":1}').json).toEqual({ a: 1 })
  expect(view('', { request: 'torn {' }).request).toBeUndefined()
})

test('a stream is folded by the rules of its endpoint', () => {
  expect(view(`${chunk}data: [DONE]\n\n`, typed('text/event-stream'))).toMatchObject({
    streamed: true,
    json: undefined,
    events: [{ index: 0, atMs: 4 }, { data: '[DONE]' }],
    completion: { choices: [{ message: { content: 'OK' } }] },
  })
  const done = 'event: response.completed\ndata: {"type":"response.completed","response":{"id":"r"}}\n\n'
  expect(view(done, { ...typed('text/event-stream'), endpoint: 'POST /responses' }).completion).toEqual({ id: 'r' })
})

test.each<[string, string, Options, boolean]>([
  ['labelled', '{}', typed('text/event-stream;charset=UTF-8'), true],
  ['labelled, with an error status', 'data: {}\n\n', { ...typed('text/event-stream'), status: 500 }, true],
  ['mislabelled, but asked for and alike', chunk, typed('application/json'), true],
  ['mislabelled, with a BOM', `\uFEFF${chunk}`, typed('text/plain'), true],
  ['mislabelled, beginning with a comment', `: hi\n\n${chunk}`, {}, true],
  ['not asked for', chunk, { ...typed('application/json'), request: '{}' }, false],
  ['an error', 'data: x', { ...typed('text/plain'), status: 400 }, false],
  ['asked for, but JSON', '{"data": 1}', typed('application/json'), false],
])('read as a stream: %s', (_, body, options, streamed) => {
  expect(view(body, options).streamed).toBe(streamed)
})

test.each([
  ['gzip', gzipSync],
  ['X-GZIP', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
] as const)('an answer that came compressed is read: %s', (coding, compress) => {
  const packed = compress(Buffer.from('{"a":1}'))
  const { json, body, response } = view(packed, { headers: [['Content-Encoding', coding]] })
  expect([json, String(body)]).toEqual([{ a: 1 }, '{"a":1}'])
  expect(response.body).toEqual(packed)
})

test('a compressed stream that was cut is read up to the cut', () => {
  const lines = Array.from({ length: 2000 }, (_, index) => `data: {"n":${index},"x":${Math.sin(index)}}\n\n`).join('')
  for (const [coding, packed] of Object.entries({ gzip: gzipSync(lines), br: brotliCompressSync(lines) })) {
    const headers: Headers = [
      ['content-encoding', coding],
      ['content-type', 'text/event-stream'],
    ]
    expect(view(packed.subarray(0, packed.length - 500), { headers, end: 'truncated' }).events.length).toBeGreaterThan(500)
  }
})

test('what is called compressed and is not is read as it came, and a bomb stays packed', () => {
  for (const coding of ['gzip', 'deflate', 'br', 'zstd', 'none'])
    expect(view('{"a":1}', { headers: [['content-encoding', coding]] }).json).toEqual({ a: 1 })
  const bomb = gzipSync(Buffer.alloc(65 * 1024 * 1024))
  expect(view(bomb, { headers: [['content-encoding', 'gzip']] }).body.byteLength).toBe(bomb.byteLength)
})

test('the shape is judged on the finished answer', () => {
  const violation = { requirement: 'chat.object', violation: { code: 'type', at: { in: 'body', pointer: '' } } } satisfies ShapeViolation
  expect(
    toView(exchange('{"a":1}'), ({ json }) => [{ ...violation, violation: { ...violation.violation, actual: JSON.stringify(json) } }])
      ?.shape,
  ).toMatchObject([{ violation: { actual: '{"a":1}' } }])
})

test('without its body a view keeps everything else', () => {
  const whole = view(chunk, typed('text/event-stream'))
  const light = withoutBody(whole)
  expect([light.events, light.body.byteLength, light.response.body.byteLength, light.response.reads]).toEqual([
    [],
    0,
    0,
    { atMs: [], ends: [] },
  ])
  expect([light.completion, light.response.status]).toEqual([whole.completion, 200])
})

test('no answer makes it throw', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'data: ',
      'data:{',
      '\n',
      '\r\n',
      '\r',
      ': x',
      '\uFEFF',
      'event: a',
      '[DONE]',
      '{"choices":[{"index":0,"delta":',
      '}]}',
      'null',
      '"',
    ),
    fc.string({ maxLength: 5 }),
  )
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.array(piece, { maxLength: 20 }).map((pieces) => Buffer.from(pieces.join(''))),
  )
  const header = fc.tuple(
    fc.constantFrom('content-type', 'Content-Encoding', 'x'),
    fc.constantFrom('text/event-stream', 'gzip', 'deflate', 'br', '', ';', 'application/json'),
  )
  fc.assert(
    fc.property(
      body,
      fc.array(header, { maxLength: 3 }),
      fc.constantFrom('', '{"stream":true}', 'null', '[]'),
      fc.constantFrom<Endpoint>('POST /responses', 'POST /chat/completions', 'GET /models'),
      (bytes, headers, request, endpoint) => {
        view(bytes, { headers, request, endpoint })
      },
    ),
    { numRuns: 500 },
  )
})
