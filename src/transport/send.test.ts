import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { createServer, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import type { Limits } from '../target/target.ts'
import type { Response, TransportFailure } from '../types.ts'
import { type Loopback, listenHttp, listenTcp, targetOf } from './loopback.ts'
import { createTransport, type Outgoing } from './send.ts'

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

type Options = Partial<Outgoing> & { limits?: Partial<Limits>; signal?: AbortSignal }

const sendTo = ({ url }: Pick<Loopback, 'url'>, { limits = {}, signal, ...outgoing }: Options = {}) => {
  const transport = createTransport(targetOf(url, { limits }))
  cleanups.push(transport.close)
  return transport.send(
    { endpoint: 'POST /chat/completions', url: `${url}/chat/completions`, headers: [], headersMs: 5000, ...outgoing },
    signal,
  )
}

const http = async (handler: RequestListener) => {
  const server = await listenHttp(handler)
  cleanups.push(server.close)
  return server
}

/** A server that writes the given pieces as they are, one after the other. */
const bytes = async (pieces: readonly (string | Buffer)[], finish: 'end' | 'destroy' | 'hold' = 'end') => {
  const server = await listenTcp((socket) => void talk(socket))
  const talk = async (socket: Socket) => {
    for (const piece of pieces) {
      socket.write(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)
      await new Promise((resolve) => setTimeout(resolve, 15))
    }
    if (finish === 'end') socket.end()
    if (finish === 'destroy') socket.resetAndDestroy()
  }
  cleanups.push(server.close)
  return server
}

const response = async (sent: Promise<Response | TransportFailure>): Promise<Response & { text: string }> => {
  const outcome = await sent
  if (outcome.kind !== 'response') throw new Error(`failure ${outcome.code}: ${outcome.message}`)
  return { ...outcome, text: Buffer.from(outcome.body).toString() }
}

const failure = async (sent: Promise<Response | TransportFailure>): Promise<TransportFailure> => {
  const outcome = await sent
  if (outcome.kind !== 'failure') throw new Error(`answered ${outcome.status}`)
  return outcome
}

const stream = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n'

test('headers keep their order, case and duplicates, and every octet', async () => {
  const server = await bytes(['HTTP/1.1 200 OK\r\nX-B: 1\r\nx-a: 2\r\nX-B: 3\r\nX-Octet: \xe9\r\nContent-Length: 2\r\n\r\nok'])
  const { headers, text, end } = await response(sendTo(server))
  expect(headers).toEqual([
    ['X-B', '1'],
    ['x-a', '2'],
    ['X-B', '3'],
    ['X-Octet', 'é'],
    ['Content-Length', '2'],
  ])
  expect([text, end]).toEqual(['ok', 'complete'])
})

test('nothing is decompressed', async () => {
  const packed = gzipSync('{"a":1}')
  const server = await http((_, reply) => reply.writeHead(200, { 'content-encoding': 'gzip' }).end(packed))
  expect(Buffer.from((await response(sendTo(server))).body)).toEqual(packed)
})

test('each network read is kept with its offsets', async () => {
  const server = await bytes([stream, 'data: 1\n\n', 'data: 22\n\n', 'data: [DONE]\n\n'])
  const { reads, headersAtMs, endAtMs, text } = await response(sendTo(server))
  expect(reads.ends.map((to, index) => text.slice(reads.ends[index - 1] ?? 0, to))).toEqual([
    'data: 1\n\n',
    'data: 22\n\n',
    'data: [DONE]\n\n',
  ])
  const times = [headersAtMs, ...reads.atMs, endAtMs]
  expect(times).toEqual([...times].sort((one, other) => one - other))
})

test.each([
  ['the socket is reset', ['HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n', 'half'], 'destroy', 'half', /ECONNRESET|UND_ERR_SOCKET/],
  ['Content-Length promises more', ['HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n', 'half'], 'end', 'half', /UND_ERR/],
  ['the last chunk is missing', ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n'], 'end', 'half', /UND_ERR/],
  [
    'the chunk coding is wrong',
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n', 'zz\r\n'],
    'hold',
    'half',
    /does not match.*chunk size/,
  ],
] as const)('truncated: %s', async (_, pieces, finish, text, reason) => {
  const answer = await response(sendTo(await bytes(pieces, finish)))
  expect([answer.end, answer.text]).toEqual(['truncated', text])
  expect(answer.endReason).toMatch(reason)
})

test('a body without length ends with the connection', async () => {
  expect(await response(sendTo(await bytes(['HTTP/1.1 200 OK\r\n\r\nall of it'])))).toMatchObject({ end: 'complete', text: 'all of it' })
})

test('no headers in time', async () => {
  expect(await failure(sendTo(await bytes([], 'hold'), { headersMs: 40 }))).toMatchObject({
    code: 'TIMEOUT',
    message: 'no headers in time',
  })
})

test.each([
  ['no bytes in time', [stream, 'data: 1\n\n'], { idleMs: 60 }],
  ['took too long in all', [stream, ...Array.from({ length: 400 }, () => ': still here\n\n')], { totalMs: 150 }],
  ['held open after the terminal event', [stream, 'data: [DONE]\n\n'], { lingerMs: 60 }],
  ['held open after the terminal event', [stream, 'data: [DO', 'NE]'], { lingerMs: 60 }],
  [
    'held open after the terminal event',
    [stream, 'data: [DONE]\n\n', ...Array.from({ length: 400 }, () => ': ping\n\n')],
    { lingerMs: 60 },
  ],
])('timeout: %s', async (reason, pieces, limits) => {
  const answer = await response(sendTo(await bytes(pieces, 'hold'), { limits }))
  expect([answer.end, answer.endReason]).toEqual(['timeout', reason])
  expect(answer.text.startsWith('data: ') || answer.text.startsWith(': still')).toBe(true)
  // what comes after the end of patience is not waited for
  expect(answer.text.split('\n').length).toBeLessThan(400)
})

test.each(['data: {"type":"response.completed"}\n\n', 'data: {"x":1, "type": "response.failed"}\n\n', 'event: response.incomplete\n'])(
  'a Responses stream ends with its terminal event: %j',
  async (last) => {
    const server = await bytes([stream, last], 'hold')
    const sent = sendTo(server, { endpoint: 'POST /responses', limits: { lingerMs: 60 } })
    expect(await response(sent)).toMatchObject({ end: 'timeout', endReason: 'held open after the terminal event' })
  },
)

test('the words of a sentinel inside a text end nothing', async () => {
  const server = await bytes([
    stream,
    'data: {"content":"data: [DONE]"}\n\n',
    ': wait\n\n',
    ': wait\n\n',
    ': wait\n\n',
    ': wait\n\n',
    ': wait\n\n',
    ': wait\n\n',
    'data: x\n\n',
  ])
  expect((await response(sendTo(server, { limits: { lingerMs: 40 } }))).end).toBe('complete')
})

test.each([
  ['more than 10 bytes', ['HTTP/1.1 200 OK\r\n\r\n', '0123456', '789abcdef'], { limits: { bodyBytes: 10 } }, '0123456789'],
  ['an event of more than 20 bytes', [stream, 'data: 1\n\n', `data: ${'x'.repeat(20)}`], { limits: { eventBytes: 20 } }, undefined],
  ['2 events', [stream, 'data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n'], { limits: { events: 2 } }, 'data: 1\n\ndata: 2\n\n'],
  [
    'the probe asked for no more',
    [stream, 'data: 1\n\n', ': no event\n\n', 'data: "data: "\n\n', 'data: 3\n\n'],
    { stopAfterEvents: 2 },
    'data: 1\n\n: no event\n\ndata: "data: "\n\n',
  ],
] as const)('stopped: %s', async (reason, pieces, options, text) => {
  const answer = await response(sendTo(await bytes(pieces, 'hold'), options))
  expect([answer.end, answer.endReason]).toEqual(['stopped', reason])
  if (text !== undefined) expect(answer.text).toBe(text)
  expect(answer.reads.ends.at(-1)).toBe(answer.body.byteLength)
})

test('a long line is no reason where no event stream was announced', async () => {
  const server = await bytes(['HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n', `"${'x'.repeat(100)}"`])
  expect((await response(sendTo(server, { limits: { eventBytes: 20 } }))).end).toBe('complete')
})

test('the signal stops a body', async () => {
  const controller = new AbortController()
  const server = await listenTcp((socket) => {
    socket.write(`${stream}data: 1\n\n`)
    setTimeout(() => controller.abort(), 30)
  })
  cleanups.push(server.close)
  expect(await response(sendTo(server, { signal: controller.signal }))).toMatchObject({
    end: 'stopped',
    endReason: 'interrupted',
    text: 'data: 1\n\n',
  })
})

test('the signal stops the wait for headers, and a request that has not begun', async () => {
  const controller = new AbortController()
  const server = await listenTcp(() => controller.abort())
  cleanups.push(server.close)
  expect(await failure(sendTo(server, { signal: controller.signal }))).toMatchObject({ code: 'INTERRUPTED' })
  expect(await failure(sendTo(server, { signal: AbortSignal.abort() }))).toMatchObject({ code: 'INTERRUPTED', message: 'interrupted' })
})

test('a request that was given up while it waited for a connection never goes out', async () => {
  const seen: string[] = []
  const server = await http((request, reply) => {
    seen.push(String(request.headers['x-name']))
    setTimeout(() => reply.end('ok'), 120)
  })
  const transport = createTransport({ ...targetOf(server.url), jobs: 1 })
  cleanups.push(transport.close)
  const send = (name: string, headersMs: number) =>
    transport.send({ endpoint: 'POST /x', url: `${server.url}/x`, headers: [['x-name', name]], headersMs })
  const [first, second] = await Promise.all([send('first', 5000), send('second', 40)])
  expect([first.kind, second.kind]).toEqual(['response', 'failure'])
  await send('third', 5000)
  expect(seen).toEqual(['first', 'third'])
})

test('a flood of headers is a failure', async () => {
  const server = await bytes([`HTTP/1.1 200 OK\r\nX-Flood: ${'x'.repeat(5000)}\r\n\r\nok`])
  expect(await failure(sendTo(server, { limits: { headerBytes: 2000 } }))).toMatchObject({ code: 'UND_ERR_HEADERS_OVERFLOW' })
})

test('what is no HTTP is a failure', async () => {
  const { code, message } = await failure(sendTo(await bytes(['SSH-2.0-OpenSSH_9.6\r\n\r\n'])))
  expect([code, message]).toEqual(['HTTPParserError', expect.stringContaining('does not match the HTTP/1.1 protocol')])
})

test('a connection that ends without an answer is a failure', async () => {
  expect((await failure(sendTo(await bytes([])))).code).toMatch(/UND_ERR_SOCKET|NO_RESPONSE/)
})

test('a refused connection and an unknown host are said in words', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  const refused = await failure(sendTo({ url: `http://127.0.0.1:${port}/v1` }))
  expect([refused.code, refused.message]).toEqual(['ECONNREFUSED', `connect ECONNREFUSED 127.0.0.1:${port}`])
  const unknown = await failure(sendTo({ url: 'http://no-such-host.invalid/v1' }))
  expect(unknown.code).toMatch(/ENOTFOUND|EAI_AGAIN/)
  expect(unknown.message).toContain('no-such-host.invalid')
})

test('a redirect is recorded and not followed', async () => {
  const paths: string[] = []
  const server = await http((request, reply) => {
    paths.push(String(request.url))
    reply.writeHead(307, { location: '/elsewhere' }).end()
  })
  expect(await response(sendTo(server))).toMatchObject({ status: 307, end: 'complete' })
  expect(paths).toEqual(['/v1/chat/completions'])
})

test('interim responses are skipped', async () => {
  const server = await bytes([
    'HTTP/1.1 102 Processing\r\n\r\n',
    'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n',
    'HTTP/1.1 200 OK\r\nX-Own: 1\r\nContent-Length: 2\r\n\r\nok',
  ])
  expect(await response(sendTo(server))).toMatchObject({
    status: 200,
    text: 'ok',
    headers: [
      ['X-Own', '1'],
      ['Content-Length', '2'],
    ],
  })
})

test('an answer to HEAD has no body, whatever its length says', async () => {
  const server = await bytes(['HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n'], 'hold')
  expect(await response(sendTo(server, { endpoint: 'HEAD /models' }))).toMatchObject({
    status: 200,
    end: 'complete',
    text: '',
    reads: { atMs: [], ends: [] },
  })
})

test('an answer that comes before the request was read is an answer', async () => {
  const server = await listenTcp((socket) => {
    socket.pause()
    socket.write('HTTP/1.1 413 Payload Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig')
  })
  cleanups.push(server.close)
  expect(await response(sendTo(server, { body: Buffer.alloc(8 * 1024 * 1024, 120) }))).toMatchObject({
    status: 413,
    text: 'big',
    end: 'complete',
  })
})

test('the request arrives as it was given, and a header that cannot be sent is a failure', async () => {
  const seen: unknown[] = []
  const server = await http((request, reply) => {
    request.setEncoding('latin1')
    let body = ''
    request.on('data', (text: string) => {
      body += text
    })
    request.on('end', () => {
      seen.push([request.method, request.url, request.rawHeaders.filter((word) => /^x-/i.test(word)), body])
      reply.end()
    })
  })
  const headers = [
    ['X-One', 'a'],
    ['x-two', 'b'],
  ] as const
  await response(sendTo(server, { endpoint: 'PUT /a?b=%2Fc', url: `${server.url}/a?b=%2Fc`, headers, body: Buffer.from([123, 255]) }))
  expect(seen).toEqual([['PUT', '/v1/a?b=%2Fc', ['X-One', 'x-two'], '{\xff']])
  expect(await failure(sendTo(server, { headers: [['x-bad', 'a\nb']] }))).toMatchObject({ code: 'UND_ERR_INVALID_ARG' })
})

test('secrets are replaced in what comes back', async () => {
  const key = 'sk-test-0123456789'
  const server = await http((request, reply) =>
    reply.writeHead(401, { 'x-echo': `got ${request.headers.authorization}` }).end(`no ${request.headers.authorization}!`),
  )
  const transport = createTransport(targetOf(server.url, { key }))
  cleanups.push(transport.close)
  const answer = await response(
    transport.send({ endpoint: 'POST /x', url: `${server.url}/x`, headers: [['authorization', `Bearer ${key}`]], headersMs: 5000 }),
  )
  expect(answer.text).toBe('no Bearer [redacted]!')
  expect(answer.headers.find(([name]) => name === 'x-echo')?.[1]).toBe('got Bearer [redacted]')
  expect(answer.reads.ends).toEqual([answer.body.byteLength])
})
