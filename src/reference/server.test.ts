import { createConnection } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type Reference, type ReferenceOptions, startReference } from './server.ts'

const running: Reference[] = []

const start = async (options: ReferenceOptions = {}): Promise<Reference> => {
  const reference = await startReference(options)
  running.push(reference)
  return reference
}

const body = { model: 'reference', messages: [{ role: 'user', content: 'Count from 1 to 20.' }], max_tokens: 64 }

const post = ({ url }: Reference, members: object = {}, headers: Record<string, string> = {}, signal?: AbortSignal) =>
  fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ ...body, ...members }),
    ...(signal ? { signal } : {}),
  })

afterEach(async () => {
  await Promise.all(running.splice(0).map((reference) => reference.close()))
})

describe('the server', () => {
  it('answers over HTTP, with a request id each time', async () => {
    const reference = await start()
    const [first, second] = [await post(reference), await post(reference, { stream: true })]
    expect(first.status).toBe(200)
    expect(await second.text()).toMatch(/data: \[DONE\]\n\n$/)
    expect(first.headers.get('x-request-id')).not.toBe(second.headers.get('x-request-id'))
    expect(((await first.json()) as { usage: object }).usage).toMatchObject({ completion_tokens: 20 })
  })

  it('answers HEAD and preflights', async () => {
    const { url } = await start({ key: 'sk-right' })
    const head = await fetch(`${url}/models`, { method: 'HEAD', headers: { authorization: 'Bearer sk-right' } })
    expect([head.status, await head.text()]).toEqual([200, ''])
    const preflight = await fetch(`${url}/chat/completions`, {
      method: 'OPTIONS',
      headers: { origin: 'https://a.example', 'access-control-request-headers': 'authorization, content-type' },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization, content-type')
  })

  it('wants the key, whatever the case of the scheme', async () => {
    const reference = await start({ key: 'sk-right' })
    const status = async (authorization?: string) => (await post(reference, {}, authorization ? { authorization } : {})).status
    expect([await status(), await status('Bearer sk-wrong'), await status('bearer sk-right'), await status('BEARER sk-right')]).toEqual([
      401, 401, 200, 200,
    ])
    expect((await post(await start(), {}, { authorization: 'Bearer anything' })).status).toBe(200)
  })

  it('keeps the pace it was given', async () => {
    const reference = await start({ tokensPerSecond: 100, latencyMs: 50 })
    const started = Date.now()
    const times: number[] = []
    for await (const _ of (await post(reference, { stream: true })).body ?? []) times.push(Date.now() - started)
    expect(times.length).toBeGreaterThan(10)
    expect(times.at(-1)).toBeGreaterThan(200)
    expect(times[0]).toBeLessThan(150)
  })

  it('outlives clients that cut', async () => {
    const reference = await start({ tokensPerSecond: 50 })
    const cut = new AbortController()
    const reply = await post(reference, { stream: true }, {}, cut.signal)
    const reader = reply.body?.getReader()
    await reader?.read()
    cut.abort()
    await expect(reader?.read()).rejects.toThrow()
    const half = createConnection(reference.port, '127.0.0.1')
    half.write('POST /v1/chat/completions HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{"mo')
    await new Promise((resolve) => setTimeout(resolve, 20))
    half.destroy()
    expect((await post(reference, { messages: [{ role: 'user', content: 'Hello' }] })).status).toBe(200)
  })

  it('refuses bodies that are too large, and what is not HTTP', async () => {
    const reference = await start()
    expect((await post(reference, { metadata: { pad: 'x'.repeat(1 << 20) } })).status).toBe(200)
    const large = await post(reference, { metadata: { pad: 'x'.repeat(33 << 20) } })
    expect([large.status, ((await large.json()) as { error: { code: string } }).error.code]).toEqual([413, 'request_too_large'])
    const garbage = createConnection(reference.port, '127.0.0.1')
    garbage.write('hello\r\n\r\n')
    const answer = await new Promise<string>((resolve) => garbage.once('data', (data) => resolve(data.toString())))
    expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*"error"/)
  })

  it('closes at once, even in the middle of a stream', async () => {
    const reference = await startReference({ tokensPerSecond: 1 })
    const reply = await post(reference, { stream: true })
    const started = Date.now()
    await reference.close()
    await expect(reply.text()).rejects.toThrow()
    expect(Date.now() - started).toBeLessThan(1000)
  })

  it('can be cut, held open and compressed by faults', async () => {
    await expect((await post(await start({ faults: ['truncated'] }), { stream: true })).text()).rejects.toThrow()
    await expect((await post(await start({ faults: ['content-length-wrong'] }))).text()).rejects.toThrow()
    expect((await post(await start({ faults: ['gzip-unasked'] }))).headers.get('content-encoding')).toBe('gzip')
    const started = Date.now()
    await (await post(await start({ faults: ['connection-held-open'] }), { stream: true })).text()
    expect(Date.now() - started).toBeGreaterThan(2900)
    await expect(startReference({ faults: ['nonsense'] })).rejects.toThrow("named 'nonsense'")
  })

  it('tells the same under every legal framing', async () => {
    const plain = await (await post(await start(), { stream: true })).text()
    const read = async (name: string) => (await post(await start({ faults: [name] }), { stream: true })).text()
    const normal = (text: string) =>
      text
        .replace(/^\ufeff/, '')
        .replace(/\r\n|\r/g, '\n')
        .replace(/"created":\d+/g, '')
    for (const name of ['crlf', 'cr', 'one-write', 'one-byte-writes', 'odd-writes']) expect(normal(await read(name))).toBe(normal(plain))
  })
})
