import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { makeCertificate } from '../testing/certificate.ts'
import { listenHttp, listenTcp, targetOf } from '../transport/loopback.ts'
import { discoverModel } from './discover.ts'
import { hintFor } from './hint.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

const page = '<!doctype html><html></html>'
const models = (...ids: string[]) => JSON.stringify({ object: 'list', data: ids.map((id) => ({ id })) })

/** Serves bodies by path, 404 elsewhere; remembers what came with the requests. */
const serve = async (bodies: Readonly<Record<string, string>>, status = 404) => {
  const seen: (string | undefined)[] = []
  const server = await listenHttp((request, reply) => {
    seen.push(request.headers.authorization)
    const body = bodies[request.url ?? ''] ?? bodies['*']
    reply.writeHead(body === undefined ? status : 200).end(body ?? '{}')
  })
  cleanups.push(server.close)
  return { ...server, seen, origin: new URL(server.url).origin }
}

test('a model that is not listed: the near one, and the first few', async () => {
  const { url } = await serve({ '/v1/models': models('qwen3-8b', 'qwen3-32b', 'a', 'b', 'c\u001B[2J', 'd', 'e') })
  expect(await hintFor(targetOf(url, { model: 'qwen3-8' }), 'answered 404')).toBe(
    `\n  ${url}/models lists no "qwen3-8"; did you mean "qwen3-8b"?\n  it lists qwen3-8b, qwen3-32b, a, b, c␛[2J and 2 more`,
  )
  expect(await hintFor(targetOf(url, { model: 'a' }), 'answered 404')).toBe('')
})

test('a page: the base URL that has a list, or the usual one', async () => {
  const { origin } = await serve({ '/v1/models': models('m'), '*': page })
  expect(await hintFor(targetOf(origin), 'a page')).toBe(
    `\n  a model list is found at ${origin}/v1/models: did you mean --base-url ${origin}/v1?`,
  )
  const alone = await serve({ '*': page })
  expect(await hintFor(targetOf(alone.origin), 'a page')).toBe(`\n  did you mean --base-url ${alone.origin}/v1?`)
  expect(await hintFor(targetOf(alone.url), 'a page')).toBe('')
  await expect(discoverModel(targetOf(alone.origin, { model: '' }))).rejects.toMatchObject({
    message: `${alone.origin} is a web page, not an API\n  did you mean --base-url ${alone.origin}/v1?`,
    exitCode: 3,
  })
})

test('no key: how to give one; a wrong one: that it is wrong', async () => {
  const { url } = await serve({}, 401)
  const how = 'name the environment variable that holds the key with --api-key-env'
  expect(await hintFor(targetOf(url), 'no key was given, and the answer was 401')).toBe(`\n  ${how}`)
  await expect(discoverModel(targetOf(url, { model: '' }))).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining(how) })
  const keyed = discoverModel(targetOf(url, { model: '', key: 'sk-0123456789' }))
  await expect(keyed).rejects.toMatchObject({ exitCode: 3, message: expect.stringMatching(/: the key was refused$/) })
})

test('https before plain http: said, and the key stays at home', async () => {
  const { url, seen } = await serve({ '*': '{}' })
  const target = targetOf(`${url.replace('http:', 'https:')}?api-key=query-secret`, { key: 'sk-0123456789' })
  expect(await hintFor(target, 'wrong version number')).toBe(
    `\n  there is no TLS behind it, but plain HTTP: did you mean --base-url ${url}?`,
  )
  expect(seen).toEqual([undefined])
})

test('what speaks neither gets no hint', async () => {
  const server = await listenTcp((socket) => socket.destroy())
  cleanups.push(server.close)
  for (const url of [server.url, server.url.replace('http:', 'https:')])
    expect(await hintFor(targetOf(url, { limits: { headersMs: 200 } }), 'closed')).toBe('')
})

const certificate = makeCertificate()

describe.skipIf(!certificate)('a port that speaks TLS', () => {
  test.each([
    ['hangs up', 200],
    ['tells of it with 400', 400],
  ])('and %s before plain HTTP', async (_, status) => {
    const server = createServer(certificate ?? {}, (_request, reply) => reply.writeHead(status).end('{}'))
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    cleanups.push(async () => server.close().closeAllConnections())
    const { port } = server.address() as AddressInfo
    expect(await hintFor(targetOf(`http://127.0.0.1:${port}/v1`), 'closed')).toBe(
      `\n  it speaks TLS: did you mean --base-url https://127.0.0.1:${port}/v1?`,
    )
    // a certificate that is not trusted has nothing to do with the scheme
    expect(await hintFor(targetOf(`https://127.0.0.1:${port}/v1`), 'self-signed certificate')).toBe('')
  })
})
