import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { good, project, worldOf } from '../testing/opencode.ts'
import { bundled } from './packages.ts'
import { type Effective, resolveModel } from './resolve.ts'
import { createSender } from './send.ts'
import { readSettings } from './settings.ts'

/** What the published packages were seen to send, at the versions that OpenCode 1.18 bundles: the address and the body beside model and text. */
interface Row {
  readonly npm: string
  /** Without a base URL. */
  readonly own?: string
  /** Below the base URL. */
  readonly path: string
  readonly key: readonly [header: string, value: string]
  readonly body: Readonly<Record<string, unknown>>
}

const key = 'sk-package-0123456789'
const bearer = ['authorization', `Bearer ${key}`] as const
const chat = { max_tokens: 8192, tool_choice: 'auto', stream: true }
const usage = { stream_options: { include_usage: true } }
const flat = { max_output_tokens: 8192, tool_choice: 'auto', stream: true, store: false, prompt_cache_key: 'ses_wirecheck' }
const completions = '/chat/completions'

const rows: readonly Row[] = [
  { npm: '@ai-sdk/openai-compatible', path: completions, key: bearer, body: { ...chat, ...usage } },
  { npm: '@ai-sdk/openai', own: 'https://api.openai.com/v1/responses', path: '/responses', key: bearer, body: flat },
  { npm: '@ai-sdk/azure', own: 'https://acme.openai.azure.com/openai/v1/responses', path: '/responses', key: ['api-key', key], body: flat },
  {
    npm: '@ai-sdk/anthropic',
    own: 'https://api.anthropic.com/v1/messages',
    path: '/messages',
    key: ['x-api-key', key],
    body: { max_tokens: 8192, tool_choice: { type: 'auto' }, stream: true },
  },
  {
    npm: '@openrouter/ai-sdk-provider',
    own: 'https://openrouter.ai/api/v1/chat/completions',
    path: completions,
    key: bearer,
    body: { ...chat, usage: { include: true } },
  },
  {
    npm: '@ai-sdk/alibaba',
    own: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1/chat/completions',
    path: completions,
    key: bearer,
    body: { ...chat, ...usage },
  },
  { npm: '@ai-sdk/cerebras', own: 'https://api.cerebras.ai/v1/chat/completions', path: completions, key: bearer, body: chat },
  {
    npm: '@ai-sdk/deepinfra',
    own: 'https://api.deepinfra.com/v1/openai/chat/completions',
    path: '/openai/chat/completions',
    key: bearer,
    body: chat,
  },
  { npm: '@ai-sdk/groq', own: 'https://api.groq.com/openai/v1/chat/completions', path: completions, key: bearer, body: chat },
  { npm: '@ai-sdk/mistral', own: 'https://api.mistral.ai/v1/chat/completions', path: completions, key: bearer, body: chat },
  {
    npm: '@ai-sdk/perplexity',
    own: 'https://api.perplexity.ai/chat/completions',
    path: completions,
    key: bearer,
    body: { max_tokens: 8192, stream: true },
  },
  {
    npm: '@ai-sdk/togetherai',
    own: 'https://api.together.xyz/v1/chat/completions',
    path: completions,
    key: bearer,
    body: { ...chat, ...usage },
  },
  { npm: '@ai-sdk/vercel', own: 'https://api.v0.dev/v1/chat/completions', path: completions, key: bearer, body: chat },
  {
    npm: 'venice-ai-sdk-provider',
    own: 'https://api.venice.ai/api/v1/chat/completions',
    path: completions,
    key: bearer,
    body: { max_completion_tokens: 8192, tool_choice: 'auto', stream: true, venice_parameters: { include_venice_system_prompt: false } },
  },
  {
    npm: '@ai-sdk/xai',
    own: 'https://api.x.ai/v1/chat/completions',
    path: completions,
    key: bearer,
    body: { max_completion_tokens: 8192, tool_choice: 'auto', stream: true, ...usage },
  },
]

interface Seen {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Record<string, unknown>
}

const seen: Seen[] = []
const server = createServer((request, response) => {
  let text = ''
  request.on('data', (part: Buffer) => (text += part.toString()))
  request.on('end', () => {
    seen.push({ path: request.url ?? '', headers: request.headers, body: JSON.parse(text) as Record<string, unknown> })
    response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":{"message":"seen"}}')
  })
})
let origin = ''

beforeAll(
  () =>
    new Promise<void>((ready) => {
      server.listen(0, '127.0.0.1', () => {
        origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
        ready()
      })
    }),
)
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const effectiveOf = (npm: string, options: Record<string, unknown>, id = 'acme', env: Record<string, string> = {}): Effective => {
  const files = { [project]: { provider: { [id]: { npm, options, models: { m1: good } } } } }
  return resolveModel(readSettings(worldOf({ files, env })), id, 'm1')
}

const sentBy = async (effective: Effective): Promise<Seen> => {
  const sender = createSender(effective, [], {}, 5000)
  await sender.post()
  await sender.close()
  return seen.at(-1) as Seen
}

test.each(rows)('$npm', async ({ npm, path, key: [header, value], body, own }) => {
  const { path: requested, headers, body: sent } = await sentBy(effectiveOf(npm, { baseURL: `${origin}/v1/`, apiKey: key }))
  expect(requested).toBe(`/v1${path}`)
  expect(headers[header]).toBe(value)
  expect(['authorization', 'api-key', 'x-api-key'].filter((name) => name in headers)).toEqual([header])
  const { model, messages, input, tools, system, ...rest } = sent
  expect(model).toBe('m1')
  expect(messages ?? input).toBeDefined()
  expect(rest).toEqual(body)
  expect(Array.isArray(tools)).toBe(npm !== '@ai-sdk/perplexity')
  expect(effectiveOf(npm, { apiKey: key, resourceName: 'acme' }).url).toBe(own)
})

test('every package that can be asked is in the table, and every other one says why it is not', () => {
  const asked = Object.entries(bundled).filter(([, { api }]) => api !== 'own')
  expect(asked.map(([npm]) => npm).sort()).toEqual(rows.map(({ npm }) => npm).sort())
  const silent = Object.entries(bundled).filter(([, { api, why }]) => api === 'own' && !/^\S.{15,}[^.]$/.test(why ?? ''))
  expect(silent).toEqual([])
})

test('a message is a string or a list of parts, as the package sends it', async () => {
  const kinds = async (npm: string) => {
    const { body } = await sentBy(effectiveOf(npm, { baseURL: `${origin}/v1`, apiKey: key }))
    return (body.messages as readonly { content: unknown }[]).map(({ content }) => (Array.isArray(content) ? 'parts' : typeof content))
  }
  expect(await kinds('@ai-sdk/groq')).toEqual(['string', 'string'])
  expect(await kinds('@ai-sdk/mistral')).toEqual(['string', 'parts'])
  expect(await kinds('@openrouter/ai-sdk-provider')).toEqual(['parts', 'string'])
})

test('addresses of Azure', () => {
  const url = (options: Record<string, unknown>, env?: Record<string, string>) => {
    const { url: found, query } = effectiveOf('@ai-sdk/azure', options, 'azure', env)
    return [found, query['api-version']]
  }
  const baseURL = 'https://acme.openai.azure.com/openai'
  expect(url({ baseURL })).toEqual([`${baseURL}/v1/responses`, 'v1'])
  expect(url({}, { AZURE_RESOURCE_NAME: 'acme' })).toEqual([`${baseURL}/v1/responses`, 'v1'])
  expect(url({ baseURL, apiVersion: 'preview' })).toEqual([`${baseURL}/v1/responses`, 'preview'])
  expect(url({ baseURL, useCompletionUrls: true })).toEqual([`${baseURL}/v1/chat/completions`, 'v1'])
  expect(url({ baseURL, useDeploymentBasedUrls: true })).toEqual([`${baseURL}/deployments/m1/responses`, 'v1'])
  expect(url({ baseURL: 'http://gateway.lan/v1' })).toEqual(['http://gateway.lan/v1/responses', undefined])
  expect(url({})).toEqual([undefined, undefined])
})

test('the loader of a provider decides over its package', () => {
  expect(effectiveOf('@ai-sdk/xai', {}, 'xai').url).toBe('https://api.x.ai/v1/responses')
  expect(effectiveOf('@ai-sdk/openai-compatible', { baseURL: 'http://h/v1' }, 'openai').url).toBe('http://h/v1/responses')
  expect(effectiveOf('@ai-sdk/google', {}, 'xai').api).toBe('own')
})

test('a provider of the catalogue brings package, key and headers along', () => {
  const settings = readSettings(worldOf({ env: { GROQ_API_KEY: key } }))
  const groq = resolveModel(settings, 'groq', 'm1')
  expect([groq.npm.value, groq.url, groq.key?.from]).toEqual([
    '@ai-sdk/groq',
    'https://api.groq.com/openai/v1/chat/completions',
    'env GROQ_API_KEY',
  ])
  const headers = effectiveOf('@openrouter/ai-sdk-provider', { headers: { 'X-Title': 'mine' } }, 'openrouter').headers
  expect(headers.map(({ name, value }) => [name, value])).toEqual([
    ['http-referer', 'https://opencode.ai/'],
    ['X-Title', 'mine'],
  ])
})
