import { expect, test } from 'vitest'
import { loadTarget, type TargetInput } from '../target/load.ts'
import { wrongKey } from '../target/target.ts'
import type { Auth, Step } from '../types.ts'
import type { Bindings } from './fill.ts'
import { buildRequest } from './request.ts'

const bindings: Bindings = {
  traits: new Set(),
  names: new Map(Object.entries({ 'model.chat': 'org/qwen 3', 'model.chat-encoded': 'org%2Fqwen%203' })),
  random: () => '',
}
const step = (own: Partial<Step> = {}): Step => ({
  endpoint: 'POST /chat/completions',
  auth: 'target',
  headers: [],
  expect: [],
  capture: {},
  read: {},
  ...own,
})
const key = 'sk-right-0123456789'

const build = (input: Partial<TargetInput>, own: Partial<Step> = {}, environment: Record<string, string> = { KEY: key }) =>
  buildRequest(step(own), loadTarget({ baseUrl: 'http://h/v1', apiKey: { env: 'KEY' }, ...input }, environment).target, bindings, 1000)
const headers = (input: Partial<TargetInput>, own: Partial<Step> = {}, environment?: Record<string, string>) =>
  Object.fromEntries(build(input, own, environment).headers)

test.each([
  ['http://h/v1', 'POST /chat/completions', 'http://h/v1/chat/completions'],
  ['http://h/v1/', 'POST /chat/completions', 'http://h/v1/chat/completions'],
  ['http://h', 'POST /chat/completions', 'http://h/chat/completions'],
  ['http://[::1]:8080/a/b', 'GET /models', 'http://[::1]:8080/a/b/models'],
  [
    'https://x.openai.azure.com/openai/deployments/d/?api-version=2024-10-21',
    'POST /chat/completions',
    'https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21',
  ],
  ['http://h/v1?a=1?2', 'GET /models?limit=1', 'http://h/v1/models?limit=1&a=1%3F2'],
  ['http://h/?a=1', 'GET /models', 'http://h/models?a=1'],
  ['http://h/v1', 'GET /models/{{model.chat-encoded}}', 'http://h/v1/models/org%2Fqwen%203'],
] as const)('%s and %s make %s', (baseUrl, endpoint, url) => {
  expect(build({ baseUrl }, { endpoint }).url).toBe(url)
})

test.each(['GET //evil.example/x', 'GET /@evil.example', 'GET /\\evil.example', 'GET /../../../x', 'GET /.evil.example'] as const)(
  'no path leads to another host: %s',
  (endpoint) => {
    for (const baseUrl of ['http://h.example', 'http://h.example/v1', 'http://u:p@h.example/v1'])
      expect(new URL(build({ baseUrl }, { endpoint }).url).host).toBe('h.example')
  },
)

test('extra query parameters join those of the base URL', () => {
  expect(build({ baseUrl: 'http://h/v1?a=1', query: { 'api-version': 'x y' } }).url).toBe(
    'http://h/v1/chat/completions?a=1&api-version=x+y',
  )
})

test('a body is filled and sent as JSON; bytes are sent as they are', () => {
  expect(String(build({}, { body: { model: '{{model.chat}}', n: null } }).body)).toBe('{"model":"org/qwen 3","n":null}')
  expect(String(build({}, { raw: { text: '{"model":"{{model.chat}}",' } }).body)).toBe('{"model":"org/qwen 3",')
  expect(build({}, { raw: { base64: '/w==' } }).body).toEqual(Buffer.from([255]))
  expect(build({}).body).toBeUndefined()
  expect(headers({})).not.toHaveProperty('content-type')
})

test('headers of the step win over those of the target and over ours, without regard to case', () => {
  const own = {
    body: {},
    headers: [
      ['Content-Type', 'text/plain'],
      ['X-Mine', '2'],
    ] as const,
  }
  const list = build({ headers: { ACCEPT: 'x/y', 'x-mine': '1' } }, own).headers
  expect(list).toContainEqual(['Content-Type', 'text/plain'])
  expect(list).toContainEqual(['ACCEPT', 'x/y'])
  expect(list).toContainEqual(['X-Mine', '2'])
  const names = list.map(([name]) => name.toLowerCase())
  expect(new Set(names).size).toBe(names.length)
})

test.each<[Auth, string | undefined]>([
  ['target', `Bearer ${key}`],
  ['lowercase-scheme', `bearer ${key}`],
  ['wrong', `Bearer ${wrongKey}`],
  ['none', undefined],
])('authorization with auth %s', (auth, expected) => {
  expect(headers({}, { auth }).authorization).toBe(expected)
})

test('other schemes carry the key in a header of their own', () => {
  expect(headers({ auth: 'api-key' })).toMatchObject({ 'api-key': key })
  expect(headers({ auth: 'x-api-key' }, { auth: 'wrong' })).toMatchObject({ 'x-api-key': wrongKey })
  expect(headers({ auth: 'api-key' })).not.toHaveProperty('authorization')
})

test.each<[string, Partial<TargetInput>]>([
  ['a key', {}],
  ['a key in a header of its own', { auth: 'api-key' }],
  ['an Authorization header of the target', { headerEnv: { Authorization: 'KEY' } }],
  ['a user in the base URL', { baseUrl: 'http://user:sk-right-0123456789@h/v1' }],
  ['both', { baseUrl: 'http://user:sk-right-0123456789@h/v1', headers: { 'X-API-Key': key } }],
])('neither a right nor an own key goes out where none or a wrong one is wanted: %s', (_, input) => {
  const basic = Buffer.from(`user:${key}`).toString('base64')
  for (const auth of ['none', 'wrong'] as const) {
    const { url, headers: list } = build(input, { auth })
    const sent = JSON.stringify([url, list])
    expect(sent).not.toContain(key)
    expect(sent).not.toContain(basic)
    if (auth === 'none') expect(sent.toLowerCase()).not.toMatch(/authorization|api-key/)
  }
})

test('a target without key sends none, and user and password of the base URL as Basic', () => {
  expect(headers({ auth: 'none' })).not.toHaveProperty('authorization')
  expect(headers({ auth: 'none' }, { auth: 'wrong' })).not.toHaveProperty('authorization')
  expect(headers({ auth: 'none', baseUrl: 'http://me:p%40ss@h/v1' }).authorization).toBe(
    `Basic ${Buffer.from('me:p@ss').toString('base64')}`,
  )
  expect(headers({ headerEnv: { Authorization: 'OWN' }, auth: 'none' }, {}, { OWN: 'Token a b' }).Authorization).toBe('Token a b')
})

test('what a step says of reading goes along', () => {
  expect(build({}, { read: { stopAfterEvents: 3, timeoutMs: 50 } })).toMatchObject({ stopAfterEvents: 3, totalMs: 50, headersMs: 1000 })
})

test('a step may ask for another header, or for an address of Azure', () => {
  for (const auth of ['bearer', 'api-key', 'x-api-key'] as const) {
    const sent = headers({ auth: 'bearer' }, { auth })
    expect(Object.keys(sent).filter((name) => /^(authorization|api-key|x-api-key)$/i.test(name))).toEqual([
      auth === 'bearer' ? 'authorization' : auth,
    ])
  }
  expect(headers({}, { auth: 'azure' })['api-key']).toBe(key)
  const { url } = build({ baseUrl: 'https://x.openai.azure.com/openai/v1' }, { endpoint: 'POST /chat/completions', azure: 'no-deployment' })
  expect(url).toBe('https://x.openai.azure.com/openai/deployments/no-such-deployment-zz/chat/completions?api-version=2024-10-21')
})
