import { expect, test } from 'vitest'
import { BaseUrlError } from './base-url.ts'
import { loadTarget, type TargetInput } from './load.ts'
import { defaultLimits, toRecord } from './target.ts'

const key = 'sk-0123456789'
const load = (input: Partial<TargetInput> & { baseUrl: string }, environment: Record<string, string> = {}) =>
  loadTarget({ model: 'm', ...input }, environment)
const openai = 'https://api.openai.com/v1'

test.each<[string, string, Record<string, string>, string | undefined]>([
  ["OpenAI's key goes to OpenAI", openai, { OPENAI_API_KEY: key }, key],
  ['but not without encryption', 'http://api.openai.com/v1', { OPENAI_API_KEY: key }, undefined],
  ['nor to a host that looks alike', 'https://api.openai.com.evil.example/v1', { OPENAI_API_KEY: key }, undefined],
  ['nor to a user of that name', 'https://api.openai.com@evil.example/v1', { OPENAI_API_KEY: key }, undefined],
  ['nor to this machine', 'http://localhost:8000/v1', { OPENAI_API_KEY: key }, undefined],
  [
    'unless OPENAI_BASE_URL says so',
    'http://localhost:8000/v1',
    { OPENAI_API_KEY: key, OPENAI_BASE_URL: 'http://localhost:8000/v1/' },
    key,
  ],
  ['for the same origin', 'http://localhost:8000/other', { OPENAI_API_KEY: key, OPENAI_BASE_URL: 'http://localhost:8000/v1' }, key],
  ['not for another port', 'http://localhost:8001/v1', { OPENAI_API_KEY: key, OPENAI_BASE_URL: 'http://localhost:8000/v1' }, undefined],
  ['not for another scheme', 'http://h.example/v1', { OPENAI_API_KEY: key, OPENAI_BASE_URL: 'https://h.example/v1' }, undefined],
  ['not for nonsense', 'http://localhost:8000/v1', { OPENAI_API_KEY: key, OPENAI_BASE_URL: 'localhost:8000' }, undefined],
  ['our own variable goes anywhere', 'http://localhost:8000/v1', { WIRECHECK_API_KEY: key }, key],
  ['and wins', openai, { WIRECHECK_API_KEY: 'other', OPENAI_API_KEY: key }, 'other'],
  ['empty variables are unset ones', openai, { WIRECHECK_API_KEY: '', OPENAI_API_KEY: key }, key],
  ['both of them', openai, { WIRECHECK_API_KEY: '', OPENAI_API_KEY: '' }, undefined],
])('%s', (_, baseUrl, environment, expected) => {
  const { target, notes } = load({ baseUrl }, environment)
  expect(target.key).toBe(expected)
  expect(notes.some((note) => note.startsWith('no key'))).toBe(expected === undefined && !baseUrl.includes('@'))
})

test('a named key wins, and auth none takes none', () => {
  expect(
    load({ baseUrl: openai, apiKey: { env: 'ACME' } }, { ACME: 'acme-key', OPENAI_API_KEY: key, WIRECHECK_API_KEY: key }).target.key,
  ).toBe('acme-key')
  const none = load({ baseUrl: openai, auth: 'none', apiKey: { env: 'ACME' } }, { OPENAI_API_KEY: key })
  expect([none.target.key, none.notes]).toEqual([undefined, []])
})

test.each<[string, Record<string, string>, string | undefined]>([
  ['http://h.example/v1', { HTTP_PROXY: 'http://p:3128' }, 'http://p:3128'],
  ['http://h.example/v1', { HTTPS_PROXY: 'http://p:3128' }, undefined],
  ['https://h.example/v1', { HTTPS_PROXY: 'http://p:3128' }, 'http://p:3128'],
  ['https://h.example/v1', { https_proxy: 'http://low:1', HTTPS_PROXY: 'http://up:1' }, 'http://low:1'],
  ['https://h.example/v1', { https_proxy: '', HTTPS_PROXY: 'http://up:1' }, undefined],
  ['https://h.example/v1', { HTTPS_PROXY: 'p:3128' }, 'http://p:3128'],
  ['http://localhost:1/v1', { HTTP_PROXY: 'http://p:3128' }, undefined],
  ['http://[::1]:1/v1', { HTTP_PROXY: 'http://p:3128' }, undefined],
  ['http://h.example/v1', { HTTP_PROXY: 'http://p', NO_PROXY: '*' }, undefined],
  ['http://h.example/v1', { HTTP_PROXY: 'http://p', NO_PROXY: 'a, H.Example' }, undefined],
  ['http://a.h.example/v1', { HTTP_PROXY: 'http://p', NO_PROXY: 'h.example' }, undefined],
  ['http://a.h.example/v1', { HTTP_PROXY: 'http://p', no_proxy: '.h.example b' }, undefined],
  ['http://a.h.example/v1', { HTTP_PROXY: 'http://p', no_proxy: '*.h.example' }, undefined],
  ['http://other-h.example/v1', { HTTP_PROXY: 'http://p', NO_PROXY: 'h.example,,' }, 'http://p'],
  ['http://h.example:8080/v1', { HTTP_PROXY: 'http://p', NO_PROXY: 'h.example:8080' }, undefined],
  ['http://h.example:8081/v1', { HTTP_PROXY: 'http://p', NO_PROXY: 'h.example:8080' }, 'http://p'],
  ['http://h.example/v1', { HTTP_PROXY: 'http://p', NO_PROXY: 'h.example:80' }, undefined],
])('%s with %j goes through %s', (baseUrl, environment, expected) => {
  expect(load({ baseUrl, auth: 'none' }, environment).target.network.proxy).toBe(expected)
})

test.each(['socks5://p:1', 'http://'])('what cannot be a proxy is said: %s', (proxy) => {
  expect(() => load({ baseUrl: 'http://h.example' }, { HTTP_PROXY: proxy })).toThrow(BaseUrlError)
})

const secretive: TargetInput = {
  baseUrl: 'https://me:p%40ssw0rd-1@h.example/v1?api-key=query-secret&api-version=2024',
  model: 'm',
  apiKey: { env: 'KEY' },
  auth: 'api-key',
  headers: { 'X-Gateway-Token': 'gateway-secret', 'X-Team': 'blue' },
  headerEnv: { 'X-Env': 'HEADER' },
  query: { sig: 'signature-secret', region: 'eu' },
}
const environment = { KEY: key, HEADER: 'Token header-secret', HTTPS_PROXY: 'http://pu:proxy-secret@p:1' }

test('everything secret is collected, and nothing else', () => {
  const basic = Buffer.from('me:p@ssw0rd-1').toString('base64')
  expect([...load(secretive, environment).target.secrets].sort()).toEqual(
    [
      key,
      'me',
      'p@ssw0rd-1',
      'p%40ssw0rd-1',
      basic,
      'query-secret',
      'gateway-secret',
      'Token header-secret',
      'signature-secret',
      'pu',
      'proxy-secret',
    ].sort(),
  )
  expect(load({ baseUrl: 'http://h.example' }).target.secrets).toEqual([])
})

test.each([
  // nobody knows what it is for: a gateway may call its key whatever it likes
  ['access', 'f00dfeedcafe', true],
  ['subscription', 'correct-horse', true],
  ['access', 'short', false],
  ['api-version', '2024-10-21-preview', false],
  ['since', '2024-10-21', false],
  ['build', 'v1.22.333-rc1', false],
  ['region', 'westeurope-2', false],
  ['include[]', 'message.output_text.logprobs', false],
  // the address and the names of models are known to everybody, and stand in every answer
  ['upstream', 'qwen3-32b-fast', false],
  ['family', 'qwen3-32b', false],
  ['tenant', 'gateway.example', false],
  // words of the protocol, which honest answers have
  ['tenant', 'assistant', false],
  ['plan', 'tool_calls', false],
  ['tier', 'response.completed', false],
  ['route', 'a value that is no name', true],
])('of a query, %s=%s is a secret: %s', (name, value, is) => {
  const baseUrl = `https://gateway.example/v1?${new URLSearchParams([[name, value]])}`
  const own: TargetInput = { baseUrl: 'https://gateway.example/v1', model: 'qwen3-32b-fast' }
  expect(load({ ...own, baseUrl }).target.secrets).toEqual(is ? [value] : [])
  expect(load({ ...own, query: { [name]: value } }).target.secrets).toEqual(is ? [value] : [])
  if (is) expect(toRecord(load({ ...own, baseUrl }).target).url).toBe(`https://gateway.example/v1?${encodeURIComponent(name)}=redacted`)
})

test('user and password leave the base URL, and no record shows a secret', () => {
  const { target } = load(secretive, environment)
  expect(target.baseUrl).toBe('https://h.example/v1?api-key=query-secret&api-version=2024')
  expect(target.basic).toBe(Buffer.from('me:p@ssw0rd-1').toString('base64'))
  const record = toRecord(target)
  expect(record).toEqual({
    name: 'h.example',
    url: 'https://h.example/v1?api-key=redacted&api-version=2024',
    models: { chat: 'm' },
    declares: [],
    insecure: false,
    simulated: false,
  })
  for (const secret of target.secrets) expect(JSON.stringify(record)).not.toContain(`"${secret}"`)
  expect(toRecord(load({ baseUrl: 'http://h.example:81/' }).target).url).toBe('http://h.example:81')
})

test('a model for embeddings stands beside the other one', () => {
  const modelsOf = (embeddingModel?: string) =>
    toRecord(load({ baseUrl: 'http://h.example', model: 'm', ...(embeddingModel === undefined ? {} : { embeddingModel }) }).target).models
  expect(modelsOf('e')).toEqual({ chat: 'm', embeddings: 'e' })
  expect(modelsOf()).toEqual({ chat: 'm' })
})

test('what a user should know before the first request is noted', () => {
  expect(load({ baseUrl: 'http://h.example', insecure: true, auth: 'none' }).notes).toEqual(['certificates are not checked (--insecure)'])
  expect(load({ baseUrl: 'http://me:pw@h.example', apiKey: { env: 'KEY' } }, { KEY: key }).notes).toEqual([
    'the user and password of the base URL are not sent, because there is a key',
  ])
  expect(load({ baseUrl: 'http://me:pw@h.example' }).notes).toEqual([])
  expect(load({ baseUrl: 'http://h.example', apiKey: { env: 'KEY' } }, { KEY: `${key}\n` }).notes).toEqual([
    'the key from KEY had white space or a line break around it, which was left out',
  ])
})

test('limits and manners are taken over', () => {
  const { target } = load({
    baseUrl: 'http://h.example',
    timeoutHeadersMs: 1,
    timeoutIdleMs: 2,
    timeoutTotalMs: 3,
    jobs: 9,
    rps: 5,
    name: 'acme',
  })
  expect(target.limits).toEqual({ ...defaultLimits, headersMs: 1, firstHeadersMs: 1, idleMs: 2, totalMs: 3 })
  expect([target.jobs, target.rps, target.name]).toEqual([9, 5, 'acme'])
  expect(load({ baseUrl: 'http://h.example' }).target).toMatchObject({ name: 'h.example', jobs: 4, rps: 0, limits: defaultLimits })
})
