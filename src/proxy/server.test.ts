import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { type RequestListener, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, expect, test } from 'vitest'
import { judge, liveJudge, load, loadTarget, proxy, report } from '../index.ts'
import { startReference } from '../reference/server.ts'
import type { Limits } from '../target/target.ts'
import { readTranscript } from '../transcript/read.ts'
import { listenHttp, listenTcp } from '../transport/loopback.ts'
import type { Exchange, Finding, Response } from '../types.ts'
import type { ProxyInput, RecordingProxy } from './server.ts'

const folder = mkdtempSync(join(tmpdir(), 'wirecheck-proxy-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const builtins = load()
const key = 'sk-proxy-test-0123456789abcdef'
let count = 0

interface Started extends RecordingProxy {
  readonly file: string
}

const start = async (upstream: string, own: Partial<ProxyInput> & { limits?: Partial<Limits> } = {}): Promise<Started> => {
  const { limits, ...rest } = own
  const { target } = loadTarget({ baseUrl: upstream, auth: 'none' }, {})
  const file = join(folder, `${++count}.jsonl`)
  const started = await proxy({ builtins, target: { ...target, limits: { ...target.limits, ...limits } }, file, ...rest })
  cleanups.push(started.close)
  return { ...started, file }
}

const upstream = async (handler: RequestListener): Promise<string> => {
  const server = await listenHttp(handler)
  cleanups.push(server.close)
  return server.url
}
const rawUpstream = async (talk: (socket: Socket, head: string) => void): Promise<string> => {
  const server = await listenTcp(talk)
  cleanups.push(server.close)
  return server.url
}

/** What a client gets on the wire: the bytes as they are, until the connection ends. */
const exchangeRaw = (port: number, text: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'))
    let got = ''
    socket.on('data', (part) => {
      got += part.toString('latin1')
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(got))
  })

const recorded = async (started: Started): Promise<readonly Exchange[]> => {
  await started.close()
  return [...readTranscript(started.file).exchanges()]
}
const responseOf = (exchange: Exchange | undefined): Response => {
  if (exchange?.outcome.kind !== 'response') throw new Error(JSON.stringify(exchange?.outcome))
  return exchange.outcome
}
const post = (path: string, headers: readonly string[], body: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: h\r\n${headers.map((line) => `${line}\r\n`).join('')}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`

const sha = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')
const until = async (holds: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 400 && !holds(); tries++) await new Promise((resolve) => setTimeout(resolve, 5))
}

test('order, case and duplicates of headers, the status text and the path pass as they are, in both directions', async () => {
  let seen: string[] = []
  let line = ''
  const url = await upstream((incoming, reply) => {
    seen = incoming.rawHeaders
    line = `${incoming.method} ${incoming.url}`
    reply.sendDate = false
    reply.writeHead(203, 'Not Quite  Right', [
      'X-b',
      '1',
      'x-B',
      '2',
      'A',
      '\xe9',
      'X-Gone',
      'x',
      'Connection',
      'X-Gone',
      'Content-Length',
      '0',
    ])
    reply.end()
  })
  const started = await start(url)
  const headers = ['X-One: a', 'x-one: b', 'TE: trailers', 'Proxy-Connection: close', 'X-Hop: 1', 'Connection: close, X-Hop', 'X-Two:   c']
  const got = await exchangeRaw(started.port, post('/v1//odd/../path?a=%20b&&', headers, '{}'))
  expect(line).toBe('POST /v1//odd/../path?a=%20b&&')
  const own = seen.flatMap((name, index) => (index % 2 === 0 && /^x-/i.test(name) ? [`${name}: ${seen[index + 1]}`] : []))
  expect(own).toEqual(['X-One: a', 'x-one: b', 'X-Two: c'])
  expect(seen.join(' ')).not.toMatch(/trailers|X-Hop|Proxy-Connection/)
  expect(seen[seen.indexOf('host') + 1]).toBe(new URL(url).host)
  expect(got.split('\r\n\r\n')[0]).toBe(
    'HTTP/1.1 203 Not Quite  Right\r\nX-b: 1\r\nx-B: 2\r\nA: \xe9\r\nContent-Length: 0\r\nConnection: close',
  )
  const [exchange] = await recorded(started)
  expect(exchange).toMatchObject({ probe: 'proxy/0001', auth: 'none', request: { endpoint: 'POST //odd/../path' } })
  expect(responseOf(exchange).headers.slice(0, 3)).toEqual([
    ['X-b', '1'],
    ['x-B', '2'],
    ['A', '\xe9'],
  ])
})

const parts = ['data: {"a":1}\n\n', ': ping\r\n\r\n', 'data: {"b"', ':2}\n\nda', 'ta: [DONE]\n\n', '\uFEFF\u00e9']

const cutEvery = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size))

test.each([
  ['identity', parts.map((part) => Buffer.from(part))],
  ['gzip', cutEvery(gzipSync(parts.join('')), 7)],
] as const)('bytes and their chunk borders arrive as they were sent, %s, in both directions', async (coding, chunks) => {
  const got: string[] = []
  const uploaded: Buffer[] = []
  const url = await upstream((incoming, reply) => {
    incoming.on('data', (part: Buffer) => uploaded.push(part))
    incoming.on('end', async () => {
      reply.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': coding })
      for (const chunk of chunks) {
        reply.write(chunk)
        await new Promise((resolve) => setTimeout(resolve, 3))
      }
      reply.end()
    })
  })
  const started = await start(url)
  const { port } = started
  const received = await new Promise<Buffer[]>((resolve) => {
    const sent = request(
      { port, path: '/v1/chat/completions', method: 'POST', headers: { 'content-type': 'application/json' } },
      (reply) => {
        const pieces: Buffer[] = []
        reply.on('data', (piece: Buffer) => pieces.push(piece))
        reply.on('end', () => resolve(pieces))
        got.push(String(reply.headers['transfer-encoding']))
      },
    )
    for (const chunk of chunks) sent.write(chunk)
    sent.end()
  })
  expect(received.map((piece) => sha(piece))).toEqual(chunks.map((chunk) => sha(chunk)))
  expect(sha(Buffer.concat(uploaded))).toBe(sha(Buffer.concat([...chunks])))
  expect(got).toEqual(['chunked'])
  const [exchange] = await recorded(started)
  const { body, reads, end } = responseOf(exchange)
  expect([sha(body), end]).toEqual([sha(Buffer.concat([...chunks])), 'complete'])
  expect(sha(exchange?.request.body ?? '')).toBe(sha(Buffer.concat([...chunks])))
  let sum = 0
  expect(reads.ends).toEqual(chunks.map((chunk) => (sum += chunk.length)))
})

test('a read is passed on before the next one comes', async () => {
  let open: (() => void) | undefined
  const url = await upstream((_, reply) => {
    reply.writeHead(200, { 'content-type': 'text/event-stream' })
    reply.flushHeaders()
    open = () => {
      reply.write('data: 1\n\n')
    }
    cleanups.push(async () => reply.destroy())
  })
  const { port } = await start(url)
  const steps: string[] = []
  const sent = request({ port, path: '/v1/x' }, (reply) => {
    steps.push('headers')
    open?.()
    reply.on('data', (piece: Buffer) => steps.push(piece.toString()))
    reply.on('error', () => undefined)
  }).end()
  sent.on('error', () => undefined)
  await until(() => steps.length === 2)
  expect(steps).toEqual(['headers', 'data: 1\n\n'])
  sent.destroy()
})

test('HEAD, 204, interim responses and trailers', async () => {
  const url = await upstream((incoming, reply) => {
    reply.sendDate = false
    if (incoming.method === 'HEAD') return reply.writeHead(200, { 'Content-Length': '7', Connection: 'close' }).end()
    if (incoming.url === '/v1/none') return reply.writeHead(204, { Connection: 'close' }).end()
    reply.writeEarlyHints({ link: '</a>; rel=preload' })
    reply.writeHead(200, { Trailer: 'X-Sum', Connection: 'close' })
    reply.write('abc')
    reply.addTrailers({ 'X-Sum': '9' })
    return reply.end()
  })
  const started = await start(url)
  const ask = (line: string) => exchangeRaw(started.port, `${line} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`)
  expect(await ask('HEAD /v1/x')).toBe('HTTP/1.1 200 OK\r\nContent-Length: 7\r\nConnection: close\r\n\r\n')
  expect(await ask('GET /v1/none')).toBe('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n')
  expect(await ask('GET /v1/x')).toBe(
    'HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 9\r\n\r\n',
  )
  const old = await exchangeRaw(started.port, 'GET /v1/x HTTP/1.0\r\nHost: h\r\n\r\n')
  expect(old).toBe('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabc')
})

test('where the upstream breaks off, the client is cut off too, and the transcript says so', async () => {
  const url = await rawUpstream((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n')
    setTimeout(() => socket.destroy(), 20)
  })
  const started = await start(url)
  const got = await exchangeRaw(started.port, 'GET /v1/x HTTP/1.1\r\nHost: h\r\n\r\n')
  expect(got).toContain('data: 1\n\n')
  expect(got).not.toContain('\r\n0\r\n')
  const [exchange] = await recorded(started)
  expect(responseOf(exchange)).toMatchObject({ end: 'truncated', status: 200 })
  expect(Buffer.from(responseOf(exchange).body).toString()).toBe('data: 1\n\n')
})

test('a client that hangs up ends the request upstream', async () => {
  let ended = false
  const url = await upstream((_, reply) => {
    reply.writeHead(200, { 'content-type': 'text/event-stream' })
    reply.write('data: 1\n\n')
    reply.on('close', () => {
      ended = true
    })
  })
  const started = await start(url)
  const sent = request({ port: started.port, path: '/v1/x' }, (reply) => reply.once('data', () => sent.destroy())).end()
  sent.on('error', () => undefined)
  await until(() => ended && started.exchanges() === 1)
  expect(ended).toBe(true)
  expect(responseOf((await recorded(started))[0])).toMatchObject({ end: 'stopped', endReason: 'the client hung up' })
})

test('an upstream that cannot be reached is a 502 of the proxy, which says that it is', async () => {
  const closed = await listenTcp(() => undefined)
  await closed.close()
  const started = await start(closed.url)
  const got = await exchangeRaw(started.port, post('/v1/chat/completions', ['Connection: close'], '{}'))
  expect(got).toMatch(/^HTTP\/1\.1 502 .*x-wirecheck-proxy: upstream-unreachable/s)
  const { error } = JSON.parse(got.slice(got.indexOf('{')))
  expect(error).toMatchObject({ type: 'proxy_error', code: 'upstream_unreachable', param: null })
  expect(error.message).toMatch(/^wirecheck proxy: .*ECONNREFUSED/)
  expect((await recorded(started))[0]?.outcome).toMatchObject({ kind: 'failure', code: 'ECONNREFUSED' })
})

test('two on one port: the second says so', async () => {
  const { port } = await start('http://127.0.0.1:9/v1')
  await expect(start('http://127.0.0.1:9/v1', { port })).rejects.toMatchObject({ name: 'ProxyError', reason: 'PortInUse' })
})

test('a port that is none is said, and nothing is written', async () => {
  const file = join(folder, 'no-port.jsonl')
  await expect(start('http://127.0.0.1:9/v1', { file, port: 99_999 })).rejects.toMatchObject({
    reason: 'CannotListen',
    message: '99999 is no port: they go from 0, which is any free one, to 65535',
  })
  expect(existsSync(file)).toBe(false)
})

test('a transcript that is there stays, and the port is let go', async () => {
  const file = join(folder, 'there.jsonl')
  writeFileSync(file, 'precious')
  const { port, close } = await start('http://127.0.0.1:9/v1')
  await close()
  await expect(start('http://127.0.0.1:9/v1', { file, port })).rejects.toMatchObject({ name: 'ProxyError', reason: 'FileExists' })
  expect(readFileSync(file, 'utf8')).toBe('precious')
  expect((await start('http://127.0.0.1:9/v1', { port })).port).toBe(port)
})

test('values of query parameters are forwarded and not written down, whatever they are called', async () => {
  const seen: string[] = []
  const url = await upstream((incoming, reply) => {
    seen.push(String(incoming.url))
    reply.end()
  })
  const started = await start(`${url}/v1?tenant=t-s3cret`)
  await exchangeRaw(started.port, 'GET /v1/x?subscription=q-s3cret&api-version=7 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n')
  await exchangeRaw(started.port, 'GET x?y=p-s3cret HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n')
  const [exchange] = await recorded(started)
  expect(seen).toEqual(['/v1/x?subscription=q-s3cret&api-version=7&tenant=t-s3cret'])
  expect(exchange?.request.url).toMatch(/\?subscription=\[redacted\]&api-version=7&tenant=\[redacted\]$/)
  expect(readFileSync(started.file, 'utf8')).not.toContain('s3cret')
})

test('keys are not written down, wherever they stand, and the files are for their owner only', async () => {
  const url = await upstream((incoming, reply) => {
    const half = key.length / 2
    reply.writeHead(401, { 'content-type': 'application/json', 'set-cookie': 'sid=cookie-secret-1; Path=/', 'x-echo': `got ${key}` })
    reply.write(`{"error":{"message":"Incorrect key ${key.slice(0, half)}`)
    setTimeout(() => reply.end(`${key.slice(half)} for ${incoming.headers.cookie}"}}`), 5)
  })
  const started = await start(url)
  const headers = [`Authorization: Bearer ${key}`, 'Cookie: a=cookie-secret-2', 'X-API-Key: other-secret-3', 'Connection: close']
  await exchangeRaw(started.port, post(`/v1/x?api_key=query-secret-4`, headers, `{"key":"${key}"}`))
  await started.close()
  const text = readFileSync(started.file, 'utf8')
  for (const secret of [key, 'cookie-secret', 'other-secret', 'query-secret']) expect(text).not.toContain(secret)
  expect(text).toContain('Incorrect key [redacted] for a=[redacted]')
  expect(statSync(started.file).mode & 0o777).toBe(0o600)
  expect([...readTranscript(started.file).exchanges()][0]?.auth).toBe('target')
})

test('what is larger than the limit is forwarded whole and recorded up to it', async () => {
  const large = Buffer.alloc(300_000, 'x')
  let got = 0
  const url = await upstream((incoming, reply) => {
    incoming.on('data', (part: Buffer) => {
      got += part.length
    })
    incoming.on('end', () => reply.end(large))
  })
  const started = await start(url, { limits: { bodyBytes: 100_000 } })
  const ask = (body: Buffer | undefined): Promise<number> =>
    new Promise((resolve) => {
      const sent = request({ port: started.port, path: '/v1/x', method: 'POST' }, (reply) => {
        let size = 0
        reply.on('data', (part: Buffer) => {
          size += part.length
        })
        reply.on('end', () => resolve(size))
      })
      sent.end(body)
    })
  expect(await ask(undefined)).toBe(large.length)
  expect(await ask(large)).toBe(large.length)
  expect(got).toBe(large.length)
  const [answer, question] = await recorded(started)
  const cut = responseOf(answer)
  expect([cut.body.byteLength, cut.end, cut.endReason]).toEqual([
    100_000,
    'stopped',
    'more than 100000 bytes: forwarded whole, recorded up to there',
  ])
  expect(question?.request.body.byteLength).toBe(100_000)
  expect(question?.outcome).toMatchObject({ kind: 'failure', code: 'NOT_RECORDED' })
})

test('fifty streams at once stay apart', async () => {
  const url = await upstream((incoming, reply) => {
    const name = String(incoming.url)
    reply.writeHead(200, { 'content-type': 'text/event-stream' })
    let left = 40
    const push = () => {
      if (left-- === 0) return reply.end()
      reply.write(`data: ${name} ${left} ${'x'.repeat(left * 50)}\n\n`)
      return setTimeout(push, 1)
    }
    push()
  })
  const started = await start(url)
  const ask = (path: string): Promise<string> =>
    new Promise((resolve) => {
      request({ port: started.port, path, agent: false }, (reply) => {
        const hash = createHash('sha256')
        reply.on('data', (part: Buffer) => hash.update(part))
        reply.on('end', () => resolve(hash.digest('hex')))
      }).end()
    })
  const expected = (name: string) =>
    sha(Array.from({ length: 40 }, (_, index) => `data: ${name} ${39 - index} ${'x'.repeat((39 - index) * 50)}\n\n`).join(''))
  const paths = Array.from({ length: 50 }, (_, index) => `/v1/stream/${index}`)
  expect(await Promise.all(paths.map(ask))).toEqual(paths.map(expected))
  const exchanges = await recorded(started)
  expect(exchanges.map(({ request: { endpoint } }) => endpoint).sort()).toEqual(paths.map((path) => `GET ${path.slice(3)}`).sort())
  for (const exchange of exchanges) expect(sha(responseOf(exchange).body)).toBe(expected(`/v1${exchange.request.endpoint.slice(4)}`))
})

test('the transcript is judged live and later, and what no plan foresaw is judged too', async () => {
  const server = await startReference({ key, faults: ['no-done'] })
  cleanups.push(server.close)
  const live: Finding[] = []
  const judgeLive = liveJudge(builtins)
  const started = await start(server.url, { onExchange: (exchange) => live.push(...judgeLive(exchange)) })
  const body = JSON.stringify({
    model: 'reference',
    stream: true,
    max_tokens: 16,
    messages: [{ role: 'user', content: 'Reply with the single word OK.' }],
  })
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const answer = await fetch(`${started.url}/chat/completions`, { method: 'POST', headers, body })
  expect(await answer.text()).toContain('data: ')
  await fetch(`${started.url}/models`, { headers }).then((reply) => reply.text())
  await until(() => started.exchanges() === 2)
  await started.close()
  expect(live.filter(({ level }) => level !== 'may').map(({ requirement }) => requirement)).toEqual(['stream.done-sentinel'])
  const transcript = readTranscript(started.file)
  expect(transcript.footer?.exchanges).toBe(2)
  const judgement = judge(builtins, transcript)
  const { findings, probes } = report(builtins, transcript, judgement, { transcript: 'x.jsonl' })
  expect(findings.filter(({ level }) => level !== 'may').map(({ requirement, again }) => [requirement, again.run])).toEqual([
    ['stream.done-sentinel', 'wirecheck judge x.jsonl proxy/0001'],
  ])
  expect(probes.map(({ probe, verdict }) => [probe, verdict])).toEqual([
    ['proxy/0001', 'pass'],
    ['proxy/0002', 'pass'],
  ])
  expect(judgement.harness).toEqual([])
})

test('closing ends what is under way, and leaves a whole transcript', async () => {
  const url = await upstream((_, reply) => {
    reply.writeHead(200, { 'content-type': 'text/event-stream' })
    reply.write('data: 1\n\n')
  })
  const started = await start(url)
  const got = exchangeRaw(started.port, 'GET /v1/x HTTP/1.1\r\nHost: h\r\n\r\n')
  await new Promise((resolve) => setTimeout(resolve, 50))
  await started.close()
  expect(await got).toContain('data: 1')
  expect(responseOf([...readTranscript(started.file).exchanges()][0])).toMatchObject({ end: 'stopped', endReason: 'the proxy was stopped' })
  expect(existsSync(started.file)).toBe(true)
})
