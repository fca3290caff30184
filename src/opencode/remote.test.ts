import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { good, lintWorld, project, worldOf } from '../testing/opencode.ts'
import { createGet, type Get, readRemotes } from './remote.ts'
import { resolveModel } from './resolve.ts'
import { secretsOf } from './secrets.ts'
import { readSettings } from './settings.ts'
import { textAt } from './world.ts'

const token = 'token-0123456789'
const login = (url: string) => JSON.stringify({ [url]: { type: 'wellknown', key: 'ACME_TOKEN', token } })
const provider = (baseURL: string) => ({ provider: { acme: { options: { baseURL, apiKey: '{env:ACME_TOKEN}' }, models: { m1: good } } } })
const world = (files: Record<string, unknown> = {}, url = 'https://acme.lan/') =>
  worldOf({ files, env: { OPENCODE_AUTH_CONTENT: login(url) } })

/** A host that answers these addresses, and writes down what it was asked. */
const host = (answers: Readonly<Record<string, unknown>>) => {
  const asked: { url: string; headers: Readonly<Record<string, string>> }[] = []
  const get: Get = async (url, headers) => {
    asked.push({ url, headers })
    return Object.hasOwn(answers, url) ? { json: answers[url] as Record<string, unknown> } : { problem: 'HTTP 404' }
  }
  return { get, asked }
}

test('what a host keeps is the weakest source, and its token is known to files', async () => {
  const { get, asked } = host({ 'https://acme.lan/.well-known/opencode': { config: { ...provider('http://far/v1'), model: 'acme/m1' } } })
  const machine = world({ [project]: { provider: { acme: { options: { baseURL: 'http://near/v1' } } } } })
  const settings = readSettings(machine, await readRemotes(machine, get))
  expect(asked).toEqual([{ url: 'https://acme.lan/.well-known/opencode', headers: {} }])
  expect(settings.sources.map(({ level }) => level)).toEqual(['.well-known', 'project'])
  expect(textAt(settings.value, ['model'])).toBe('acme/m1')
  const { baseUrl, key } = resolveModel(settings, 'acme', 'm1')
  expect([baseUrl?.value, key?.value]).toEqual(['http://near/v1', token])
  expect(settings.unread).toEqual([])
  expect(secretsOf(settings)).toContain(token)
})

test('a token is not known to what an administrator gives', async () => {
  const machine = world({ '/etc/opencode/opencode.json': provider('http://managed/v1') })
  expect(textAt(readSettings(machine).value, ['provider', 'acme', 'options', 'apiKey'])).toBe('')
})

test('another address of the same host gets the token, and is merged over the first', async () => {
  const { get, asked } = host({
    'https://acme.lan/.well-known/opencode': {
      config: { model: 'acme/m1', small_model: 'acme/m1' },
      remote_config: { url: 'https://acme.lan/config', headers: { Authorization: 'Bearer {env:ACME_TOKEN}' } },
    },
    'https://acme.lan/config': { config: { model: 'acme/m2' } },
  })
  const machine = world()
  const { value } = readSettings(machine, await readRemotes(machine, get))
  expect(value).toMatchObject({ model: 'acme/m2', small_model: 'acme/m1' })
  expect(asked[1]).toEqual({ url: 'https://acme.lan/config', headers: { Authorization: `Bearer ${token}` } })
})

test.each([
  ['another host', { url: 'https://other.lan/config', headers: { Authorization: 'Bearer {env:ACME_TOKEN}' } }, /another host/],
  ['another variable', { url: 'https://acme.lan/config', headers: { 'X-Key': '{env:OPENAI_API_KEY}' } }, /more than the token/],
  ['no address', { url: 7 }, /another host/],
])('nothing is sent to %s', async (_, elsewhere, says) => {
  const { get, asked } = host({ 'https://acme.lan/.well-known/opencode': { config: { model: 'acme/m1' }, remote_config: elsewhere } })
  const machine = world()
  const settings = readSettings(machine, await readRemotes(machine, get))
  expect(asked).toHaveLength(1)
  expect(settings.unread[0]?.why).toMatch(says)
  expect(textAt(settings.value, ['model'])).toBe('acme/m1')
})

test('a host that has nothing is told, and nothing else suffers', async () => {
  const machine = world({ [project]: provider('http://near/v1') })
  const settings = readSettings(machine, await readRemotes(machine, host({}).get))
  expect(settings.unread).toEqual([{ file: 'https://acme.lan/.well-known/opencode', why: 'HTTP 404', sure: true }])
  expect(settings.sources.map(({ level }) => level)).toEqual(['project'])
})

const mac = { platform: 'darwin' }
test('preferences of a managed Mac, and the account of an organisation, are told where they are', () => {
  const says = (input: Parameters<typeof worldOf>[0]) =>
    lintWorld(worldOf(input))
      .filter(({ rule }) => rule === 'CF-46')
      .map(({ level, at }) => [level, at.file])
  const own = '/Library/Managed Preferences/ann/ai.opencode.managed.plist'
  expect(says(mac)).toEqual([])
  expect(says({ ...mac, files: { [own]: 'bplist00' } })).toEqual([['warning', own]])
  expect(says({ files: { [own]: 'bplist00' } })).toEqual([])
  const database = '/users/ann/.local/share/opencode/opencode.db'
  expect(says({ files: { [database]: 'SQLite format 3' } })).toEqual([['note', database]])
})

const answers: Readonly<Record<string, (write: (status: number, body: string) => void) => void>> = {
  '/good': (write) => write(200, '{"config":{}}'),
  '/list': (write) => write(200, '[]'),
  '/page': (write) => write(200, '<html>'),
  '/gone': (write) => write(404, '{}'),
  '/long': (write) => write(200, `{"config":{"x":"${'x'.repeat(2 * 1024 * 1024)}"}}`),
}
const server = createServer((request, response) => {
  answers[request.url ?? '']?.((status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(body))
})
beforeAll(() => new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready)))
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test.each([
  ['/good', { json: { config: {} } }],
  ['/list', { problem: 'the answer is no JSON object' }],
  ['/page', { problem: 'the answer is no JSON' }],
  ['/gone', { problem: 'HTTP 404' }],
  ['/long', { problem: expect.stringMatching(/too long|limit/) as string }],
])('over the network: %s', async (path, expected) => {
  const { port } = server.address() as AddressInfo
  expect(await createGet({}, [])(`http://127.0.0.1:${port}${path}`, {})).toEqual(expected)
})

test('an address that is none, or where nobody listens, is a problem and no exception', async () => {
  const get = createGet({}, [])
  expect(await get('file:///etc/passwd', {})).toEqual({ problem: 'it is no address of the web' })
  expect(await get('nonsense', {})).toEqual({ problem: 'it is no address of the web' })
  expect(await get('http://127.0.0.1:1/x', {})).toEqual({ problem: expect.stringMatching(/ECONNREFUSED/) as string })
})
