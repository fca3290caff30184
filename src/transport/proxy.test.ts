import { createServer as createHttps } from 'node:https'
import { type AddressInfo, connect } from 'node:net'

import { afterEach, describe, expect, test } from 'vitest'
import type { Network } from '../target/target.ts'
import { makeCertificate } from '../testing/certificate.ts'
import { listenHttp, listenTcp, targetOf } from './loopback.ts'
import { createTransport } from './send.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const sendThrough = (url: string, network: Partial<Network>) => {
  const target = targetOf(url)
  const transport = createTransport({ ...target, network: { ...target.network, ...network } })
  cleanups.push(transport.close)
  return transport.send({
    endpoint: 'POST /chat/completions',
    url: `${url}/chat/completions`,
    headers: [['x-own', '1']],
    headersMs: 5000,
    body: Buffer.from('{}'),
  })
}

/** Forwards nothing that is not meant for `port`; notes the first line and the credentials of each request. */
const startProxy = async (port: number) => {
  const seen: string[] = []
  const server = await listenTcp((socket, head) => {
    const [line = ''] = head.split('\r\n')
    seen.push(`${line.replace(/:\d+/, '')} ${/proxy-authorization: (.*)/i.exec(head)?.[1] ?? ''}`.trim())
    socket.removeAllListeners('data')
    const upstream = connect(port, '127.0.0.1', () => {
      if (line.startsWith('CONNECT')) socket.write('HTTP/1.1 200 OK\r\n\r\n')
      else upstream.write(`${head.replace(/http:\/\/[^/]+/, '')}\r\n\r\n{}`)
      socket.pipe(upstream).pipe(socket)
    })
    upstream.on('error', () => socket.destroy())
  })
  cleanups.push(server.close)
  return { seen, uri: `http://user:pass%20word@127.0.0.1:${server.port}` }
}

test('plain http goes through a proxy in absolute form, with raw headers and our limits', async () => {
  const server = await listenHttp((_, reply) => reply.writeHead(200, ['X-B', '1', 'x-b', '2', 'Content-Length', '2']).end('ok'))
  cleanups.push(server.close)
  const proxy = await startProxy(server.port)
  const outcome = await sendThrough(server.url, { proxy: proxy.uri })
  expect(outcome).toMatchObject({ kind: 'response', status: 200, end: 'complete' })
  expect('headers' in outcome && outcome.headers.slice(0, 2)).toEqual([
    ['X-B', '1'],
    ['x-b', '2'],
  ])
  const basic = Buffer.from('user:pass word').toString('base64')
  expect(proxy.seen).toEqual([`POST http://127.0.0.1/v1/chat/completions HTTP/1.1 Basic ${basic}`])
})

test('a flood of headers behind a proxy is a failure too', async () => {
  const server = await listenHttp((_, reply) => reply.writeHead(200, { 'x-flood': 'x'.repeat(15_000) }).end('ok'))
  cleanups.push(server.close)
  const { uri } = await startProxy(server.port)
  const target = targetOf(server.url, { limits: { headerBytes: 2000 } })
  const transport = createTransport({ ...target, network: { insecure: false, proxy: uri } })
  cleanups.push(transport.close)
  const outcome = await transport.send({ endpoint: 'GET /models', url: `${server.url}/models`, headers: [], headersMs: 5000 })
  expect(outcome).toMatchObject({ kind: 'failure', code: 'UND_ERR_HEADERS_OVERFLOW' })
})

test('a proxy that cannot be reached is a failure', async () => {
  const server = await listenHttp((_, reply) => reply.end())
  await server.close()
  expect(await sendThrough('http://endpoint.invalid/v1', { proxy: `http://127.0.0.1:${server.port}` })).toMatchObject({
    kind: 'failure',
    code: 'ECONNREFUSED',
  })
})

const certificate = makeCertificate()

describe.skipIf(!certificate)('with a certificate that nobody signed', () => {
  const { cert = '', key = '' } = certificate ?? {}

  const startTls = async () => {
    const server = createHttps({ cert, key }, (_, reply) => reply.end('ok'))
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    cleanups.push(
      () =>
        new Promise((resolve) => {
          server.close(resolve)
          server.closeAllConnections()
        }),
    )
    return (server.address() as AddressInfo).port
  }

  test('the certificate is refused by name', async () => {
    const port = await startTls()
    expect(await sendThrough(`https://127.0.0.1:${port}/v1`, {})).toMatchObject({
      kind: 'failure',
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      message: expect.stringContaining('self-signed'),
    })
  })

  test('unless it is known, or nothing is checked', async () => {
    const port = await startTls()
    expect(await sendThrough(`https://127.0.0.1:${port}/v1`, { ca: cert })).toMatchObject({ status: 200 })
    expect(await sendThrough(`https://127.0.0.1:${port}/v1`, { insecure: true })).toMatchObject({ status: 200 })
  })

  test('https goes through a proxy in a tunnel, and the certificate is still checked', async () => {
    const port = await startTls()
    const { seen, uri } = await startProxy(port)
    expect(await sendThrough(`https://127.0.0.1:${port}/v1`, { proxy: uri })).toMatchObject({
      kind: 'failure',
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    })
    expect(await sendThrough(`https://127.0.0.1:${port}/v1`, { proxy: uri, ca: cert })).toMatchObject({ status: 200 })
    expect(seen.every((line) => line.startsWith('CONNECT 127.0.0.1 HTTP/1.1 Basic'))).toBe(true)
  })

  test('plain http to a port that speaks TLS is a failure', async () => {
    const port = await startTls()
    expect(await sendThrough(`http://127.0.0.1:${port}/v1`, {})).toMatchObject({ kind: 'failure' })
  })
})
