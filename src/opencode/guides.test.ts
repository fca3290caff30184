import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { curlLine } from '../cli/curl.ts'
import { startReference } from '../index.ts'
import { applyFix, good, project, type WorldInput, worldOf } from '../testing/opencode.ts'
import type { Cause } from './cause.ts'
import { type Diagnosis, diagnose } from './diagnose.ts'

/**
 * Every trouble that the guides of vendors list: a configuration and an endpoint give the symptom, the cause stands first,
 * and what is to be pasted makes OpenCode work.
 */

const folder = mkdtempSync(join(tmpdir(), 'wirecheck-guides-'))
afterAll(() => rmSync(folder, { recursive: true }))

const key = 'sk-vendor-key-0123456789'
const env = { ACME_KEY: key }

interface Served {
  readonly url: string
  readonly close: () => Promise<void>
}

const reference = (options: Parameters<typeof startReference>[0] = {}): Promise<Served> => startReference({ key, ...options })

/** A server of which only the answer to a POST matters. */
const answering =
  (listener: (...words: [...Parameters<RequestListener>, body: string]) => void): (() => Promise<Served>) =>
  () =>
    new Promise((resolve) => {
      const server = createServer((request, response) => {
        let body = ''
        request.on('data', (part: Buffer) => (body += part.toString()))
        request.on('end', () => listener(request, response, body))
      }).listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo
        const close = (): Promise<void> =>
          new Promise((closed) => {
            server.closeAllConnections()
            server.close(() => closed())
          })
        resolve({ url: `http://127.0.0.1:${port}/v1`, close })
      })
    })

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(body))
  }

const error = (message: string, code: string | null = null) => ({ error: { message, type: 'invalid_request_error', param: null, code } })

const config = (options: Record<string, unknown>, models: Record<string, unknown>, rest: Record<string, unknown> = {}): WorldInput => ({
  files: {
    [project]: {
      provider: { acme: { npm: '@ai-sdk/openai-compatible', options: { apiKey: '{env:ACME_KEY}', ...options }, models, ...rest } },
    },
  },
  env,
})

interface Trouble {
  readonly guide: 'GravitexAI' | 'Mixroute' | 'Xerotier' | 'CCX' | 'adapter matrix' | 'contract'
  readonly trouble: string
  readonly serve: () => Promise<Served>
  readonly machine: (url: string) => WorldInput
  readonly model?: string
  readonly first: { readonly id: string; readonly culprit: Cause['culprit'] }
  readonly says?: RegExp
  readonly sees?: RegExp
  readonly wire?: RegExp
  /** What the user does besides pasting the patch of the first cause; absent where no patch mends it. */
  readonly mends?: Readonly<Record<string, string>>
  readonly fix?: RegExp
  readonly patienceMs?: number
}

const plain = { reference: good }
const codex = 'gpt-5.1-codex'

const troubles: readonly Trouble[] = [
  {
    guide: 'GravitexAI',
    trouble: 'a model that answers on Responses only, with the setting that the guide recommends',
    serve: () => reference({ dialect: 'gravitex' }),
    machine: (baseURL) => config({ baseURL }, { [codex]: { name: codex, apiCompatibility: 'responses', ...good } }),
    first: { id: 'CF-31', culprit: 'configuration' },
    says: /npm: "@ai-sdk\/openai".*answers on the Responses API only/,
    sees: /The chatCompletion operation does not work with the specified model, gpt-5\.1-codex/,
    mends: {},
  },
  {
    guide: 'Mixroute',
    trouble: 'the same error without the setting',
    serve: () => reference({ dialect: 'mixroute' }),
    machine: (baseURL) => config({ baseURL }, { [codex]: good }),
    first: { id: 'responses-only', culprit: 'configuration' },
    sees: /chatCompletion operation/,
    mends: {},
  },
  {
    guide: 'GravitexAI',
    trouble: 'a key with white space behind it',
    serve: () => reference(),
    // a header drops what stands at its end, so the space is where it harms
    machine: (baseURL) => ({ ...config({ baseURL }, plain), env: { ACME_KEY: `${key.slice(0, 9)} ${key.slice(9)}` } }),
    first: { id: 'CF-23', culprit: 'key' },
    says: /white space inside the key, in the value of ACME_KEY/,
    mends: env,
  },
  {
    guide: 'GravitexAI',
    trouble: 'a key that was deleted or is not complete',
    serve: () => reference(),
    machine: (baseURL) => ({ ...config({ baseURL }, plain), env: { ACME_KEY: key.slice(0, -4) } }),
    first: { id: 'key-refused', culprit: 'key' },
    wire: /^HTTP 401/,
  },
  {
    guide: 'GravitexAI',
    trouble: 'no balance',
    serve: answering(json(402, error('Your balance is too low. Please top up.', 'insufficient_balance'))),
    machine: (baseURL) => config({ baseURL }, plain),
    first: { id: 'funds', culprit: 'key' },
    wire: /balance is too low/,
  },
  {
    guide: 'GravitexAI',
    trouble: 'no balance, said with 429',
    serve: answering(json(429, error('You exceeded your current quota.', 'insufficient_quota'))),
    machine: (baseURL) => config({ baseURL }, plain),
    first: { id: 'funds', culprit: 'key' },
    sees: /five retries/,
  },
  {
    guide: 'GravitexAI',
    trouble: 'a base URL without /v1',
    serve: () => reference(),
    machine: (url) => config({ baseURL: url.replace('/v1', '') }, plain),
    first: { id: 'CF-20', culprit: 'url' },
    wire: /^HTTP 404/,
    mends: {},
  },
  {
    guide: 'GravitexAI',
    trouble: 'a model id without its version suffix',
    serve: () => reference({ dialect: 'gravitex' }),
    machine: (baseURL) => config({ baseURL }, { 'claude-sonnet-4-5': good }),
    first: { id: 'model-missing', culprit: 'model id' },
    says: /it serves "claude-sonnet-4-5-20250929"/,
    mends: {},
  },
  {
    guide: 'GravitexAI',
    trouble: 'a model id in another case',
    serve: () => reference({ dialect: 'gravitex' }),
    machine: (baseURL) => config({ baseURL }, { 'GPT-5.5': good }),
    first: { id: 'model-missing', culprit: 'model id' },
    says: /it serves "gpt-5\.5"/,
    mends: {},
  },
  {
    guide: 'GravitexAI',
    trouble: 'a configuration in .config/opencode of the repository',
    serve: () => reference(),
    machine: (baseURL) => {
      const { files } = config({ baseURL }, plain)
      return { files: { '/code/app/.config/opencode/opencode.jsonc': files?.[project] }, env }
    },
    first: { id: 'CF-15', culprit: 'configuration' },
    fix: /move what is in it to \/code\/app\/opencode\.json/,
  },
  {
    guide: 'Xerotier',
    trouble: '401: a header without Bearer',
    serve: () => reference(),
    machine: (baseURL) => config({ baseURL, apiKey: undefined, headers: { Authorization: '{env:ACME_KEY}' } }, plain),
    first: { id: 'CF-24', culprit: 'key' },
    wire: /^HTTP 401/,
    mends: {},
  },
  {
    guide: 'Xerotier',
    trouble: '401: no key at all',
    serve: () => reference(),
    machine: (baseURL) => config({ baseURL, apiKey: undefined }, plain),
    first: { id: 'key-missing', culprit: 'key' },
    mends: { ACME_API_KEY: key },
  },
  {
    guide: 'Xerotier',
    trouble: '401: a key without the scope for inference',
    serve: answering(json(401, error('The API key does not have the inference scope.'))),
    machine: (baseURL) => config({ baseURL }, plain),
    first: { id: 'key-refused', culprit: 'key' },
    says: /lacks a scope/,
    fix: /scope for inference/,
  },
  {
    guide: 'Xerotier',
    trouble: '404: project and slug are left out of the path',
    serve: async () => {
      const served = await reference({ dialect: 'xerotier' })
      return { ...served, url: `${new URL(served.url).origin}/v1` }
    },
    machine: (baseURL) => config({ baseURL }, { 'deepseek-r1-distill-llama-70b': good }),
    first: { id: 'nothing-there', culprit: 'url' },
    fix: /project, endpoint and version are parts of the path/,
  },
  {
    guide: 'Xerotier',
    trouble: '404: the version is left out',
    serve: () => reference({ dialect: 'xerotier' }),
    machine: (url) => config({ baseURL: url.replace(/\/v1$/, '') }, { 'deepseek-r1-distill-llama-70b': good }),
    first: { id: 'CF-20', culprit: 'url' },
    mends: {},
  },
  {
    guide: 'Xerotier',
    trouble: 'model not found: the example of the guide, where name is taken for the id',
    serve: () => reference({ dialect: 'xerotier' }),
    machine: (baseURL) =>
      config(
        { baseURL },
        { 'my-model': { name: 'deepseek-r1-distill-llama-70b', reasoning: true, tool_call: true, tools: true, ...good } },
      ),
    first: { id: 'CF-32', culprit: 'model id' },
    says: /the request says "my-model", not "deepseek-r1-distill-llama-70b"/,
    mends: {},
  },
  {
    guide: 'Xerotier',
    trouble: 'connection timeout: no worker answers',
    serve: answering(() => undefined),
    machine: (baseURL) => config({ baseURL }, plain),
    patienceMs: 300,
    first: { id: 'no-headers', culprit: 'endpoint' },
    sees: /headers timed out after 300000ms/,
    fix: /worker or an agent/,
  },
  {
    guide: 'Xerotier',
    trouble: 'connection timeout: the gateway says so',
    serve: answering(json(503, error('No healthy agents are available for this endpoint.'))),
    machine: (baseURL) => config({ baseURL }, plain),
    first: { id: 'server-error', culprit: 'gateway' },
    fix: /worker or an agent/,
  },
  {
    guide: 'Xerotier',
    trouble: 'tool calls do not work: the model cannot call functions, and tools: true does not help',
    serve: answering((request, response) => {
      const refused = error('This model does not support tools.')
      json(request.url?.endsWith('/models') ? 404 : 400, refused)(request, response)
    }),
    machine: (baseURL) => config({ baseURL }, { reference: { ...good, tool_call: true, tools: true } }),
    first: { id: 'tools-refused', culprit: 'model' },
    sees: /no fallback/,
    fix: /calls functions/,
  },
  {
    guide: 'Xerotier',
    trouble: 'tool calls do not work: they arrive as text',
    serve: () => reference({ faults: ['tool-stream-markup'] }),
    machine: (baseURL) => config({ baseURL }, plain),
    first: { id: 'tools.no-markup-leak', culprit: 'endpoint' },
    sees: /shown as text/,
    fix: /--tool-call-parser/,
  },
  {
    guide: 'Xerotier',
    trouble: 'reasoning is not displayed: the model sends none',
    serve: () => reference(),
    machine: (baseURL) => config({ baseURL }, { reference: { ...good, reasoning: true } }),
    first: { id: 'no-reasoning', culprit: 'model' },
    mends: {},
  },
  {
    guide: 'CCX',
    trouble: 'the root as base URL',
    serve: () => reference({ dialect: 'ccx' }),
    machine: (url) => config({ baseURL: `${new URL(url).origin}/` }, { 'gpt-5': good }),
    first: { id: 'CF-20', culprit: 'url' },
    mends: {},
  },
  {
    guide: 'CCX',
    trouble: 'the concrete endpoint as base URL',
    serve: () => reference({ dialect: 'ccx' }),
    machine: (url) => config({ baseURL: `${url}/chat/completions` }, { 'gpt-5': good }),
    first: { id: 'CF-17', culprit: 'url' },
    mends: {},
  },
  {
    guide: 'CCX',
    trouble: '401: the key of the upstream provider in place of that of the proxy',
    serve: () => reference({ dialect: 'ccx', key: 'ccx-proxy-access-key' }),
    machine: (baseURL) => config({ baseURL }, { 'gpt-5': good }),
    first: { id: 'key-refused', culprit: 'key' },
    wire: /proxy access key/,
    fix: /gateway's own key/,
  },
  {
    guide: 'CCX',
    trouble: '404: a provider type for the Responses API, at a gateway that has chat only',
    serve: () => reference({ dialect: 'ccx' }),
    machine: (baseURL) => config({ baseURL }, { 'gpt-5': good }, { npm: '@ai-sdk/openai' }),
    first: { id: 'wrong-protocol', culprit: 'configuration' },
    says: /no \/responses, but \/chat\/completions/,
    mends: {},
  },
  {
    guide: 'CCX',
    trouble: '404: a provider type for the Messages API',
    serve: () => reference({ dialect: 'ccx' }),
    machine: (baseURL) => config({ baseURL }, { 'gpt-5': good }, { npm: '@ai-sdk/anthropic' }),
    first: { id: 'wrong-protocol', culprit: 'configuration' },
    mends: {},
  },
  {
    guide: 'CCX',
    trouble: 'model_not_found: neither allowed nor mapped',
    serve: () => reference({ dialect: 'ccx' }),
    machine: (baseURL) => config({ baseURL }, { 'qwen-max': good }),
    first: { id: 'model-missing', culprit: 'model id' },
    says: /it lists gpt-5, gpt-5-mini, deepseek-v4-pro/,
    fix: /list of allowed models and at its mapping/,
  },
  {
    guide: 'CCX',
    trouble: 'tool calls behave unexpectedly: an upstream without indexes',
    serve: () => reference({ dialect: 'ccx', faults: ['tool-index-missing'] }),
    machine: (baseURL) => config({ baseURL }, { 'gpt-5-mini': good }),
    first: { id: 'tools.stream.index', culprit: 'endpoint' },
    sees: /Expected 'id' to be a string/,
    fix: /curl/,
  },
  {
    guide: 'CCX',
    trouble: 'requests do not appear in the log: another file names another service',
    serve: answering(json(404, error('nothing here'))),
    machine: (url) => ({
      files: {
        '/users/ann/.config/opencode/opencode.json': config({ baseURL: 'http://127.0.0.1:9/v1' }, plain).files?.[project],
        [project]: { provider: { acme: { options: { baseURL: url.replace('127.0.0.1', 'old-gateway.invalid') } } } },
      },
      env,
    }),
    first: { id: 'CF-16', culprit: 'url' },
    says: /overrides \/users\/ann\/\.config\/opencode\/opencode\.json:\d+:\d+: the host of .*old-gateway\.invalid/,
  },
  {
    guide: 'adapter matrix',
    trouble: 'a config.toml',
    serve: () => reference(),
    machine: (url) => ({
      files: {
        '/users/ann/.config/opencode/config.toml': `[provider.vllm]\nkind = "openai"\nbase_url = "${url}"\napi_key_env = "OPENCODE_VLLM_TOKEN"\ndefault_model = "reference"\n`,
      },
      env: { OPENCODE_VLLM_TOKEN: key },
    }),
    first: { id: 'CF-15', culprit: 'configuration' },
    mends: {},
  },
  {
    guide: 'adapter matrix',
    trouble: 'a token from a variable that is not set',
    serve: () => reference(),
    machine: (baseURL) => ({ ...config({ baseURL }, plain), env: {} }),
    first: { id: 'CF-08', culprit: 'key' },
    wire: /^HTTP 401/,
    mends: env,
  },
  {
    guide: 'adapter matrix',
    trouble: 'native tool calls are off: there is no JSON fallback',
    serve: answering(json(400, error('"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set'))),
    machine: (baseURL) => config({ baseURL }, plain),
    first: { id: 'tool-parser', culprit: 'endpoint' },
    fix: /--enable-auto-tool-choice --tool-call-parser/,
  },
  {
    guide: 'adapter matrix',
    trouble: 'streaming is off: there is no fallback either',
    serve: () => reference({ faults: ['stream-ignored'] }),
    machine: (baseURL) => config({ baseURL }, plain),
    first: { id: 'not-streamed', culprit: 'endpoint' },
    sees: /again and again/,
    fix: /server-sent events/,
  },
  {
    guide: 'adapter matrix',
    trouble: 'a rate limit',
    serve: answering(json(429, error('Rate limit reached.', 'rate_limit_exceeded'), { 'retry-after': '30' })),
    machine: (baseURL) => config({ baseURL }, plain),
    first: { id: 'rate-limited', culprit: 'endpoint' },
    sees: /Retry-After, however long/,
  },
  {
    guide: 'contract',
    trouble: 'nothing listens there',
    serve: answering(() => undefined),
    machine: () => config({ baseURL: 'http://127.0.0.1:9/v1' }, plain),
    first: { id: 'host-down', culprit: 'url' },
    sees: /Unable to connect/,
  },
  {
    guide: 'contract',
    trouble: 'https at a port that speaks http',
    serve: () => reference(),
    machine: (url) => config({ baseURL: url.replace('http:', 'https:') }, plain),
    first: { id: 'plain-http', culprit: 'url' },
    mends: {},
  },
  {
    guide: 'contract',
    trouble: 'a base URL of a web page',
    serve: answering((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end('<!doctype html><title>Welcome</title>')
    }),
    machine: (baseURL) => config({ baseURL }, plain),
    first: { id: 'web-page', culprit: 'url' },
  },
  {
    guide: 'contract',
    trouble: 'a redirection',
    serve: answering((request, response) => {
      response.writeHead(301, { location: `/api${request.url}` })
      response.end()
    }),
    machine: (baseURL) => config({ baseURL }, plain),
    first: { id: 'redirected', culprit: 'url' },
    fix: /"baseURL":"http:\/\/127\.0\.0\.1:\d+\/api\/v1"/,
  },
  {
    guide: 'contract',
    trouble: 'stream_options are refused',
    serve: () => reference({ faults: ['stream-options-refused'] }),
    machine: (baseURL) => config({ baseURL }, plain),
    first: { id: 'usage-refused', culprit: 'endpoint' },
    fix: /"includeUsage":false/,
  },
  {
    guide: 'contract',
    trouble: 'the 32000 tokens of a missing limit are refused',
    serve: answering((request, response, body) => {
      if (!/"max_tokens":(?!32000)/.test(body)) return json(400, error('max_tokens must be at most 16384'))(request, response)
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end('data: {"choices":[{"index":0,"delta":{"content":"OK"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n')
    }),
    machine: (baseURL) => config({ baseURL }, { reference: {} }),
    first: { id: 'CF-35', culprit: 'configuration' },
    says: /refuses 32000 tokens/,
  },
  {
    guide: 'contract',
    trouble: 'an empty role',
    serve: () => reference({ faults: ['role-empty'] }),
    machine: (baseURL) => config({ baseURL }, plain),
    first: { id: 'stream.role-value', culprit: 'endpoint' },
    sees: /turn ends with an error/,
  },
  {
    guide: 'contract',
    trouble: 'a call without its id',
    serve: () => reference({ faults: ['tool-stream-id-missing'] }),
    machine: (baseURL) => config({ baseURL }, plain),
    first: { id: 'tools.stream.head', culprit: 'endpoint' },
    sees: /Expected 'id' to be a string/,
  },
  {
    guide: 'contract',
    trouble: 'empty braces before the arguments',
    serve: () => reference({ faults: ['tool-arguments-braces-first'] }),
    machine: (baseURL) => config({ baseURL }, plain),
    first: { id: 'tools.stream.arguments', culprit: 'endpoint' },
    sees: /other arguments/,
  },
  {
    guide: 'contract',
    trouble: 'Responses whose calls change their id',
    serve: () => reference({ faults: ['rstream-call-id-changes'] }),
    machine: (baseURL) => config({ baseURL }, plain, { npm: '@ai-sdk/openai' }),
    first: { id: 'rtools.stream', culprit: 'endpoint' },
  },
  {
    guide: 'contract',
    trouble: 'a package that sends the key where the endpoint does not look',
    serve: () => reference(),
    machine: (baseURL) => config({ baseURL }, plain, { npm: '@ai-sdk/azure' }),
    first: { id: 'key-refused', culprit: 'key' },
    says: /refused in api-key, where @ai-sdk\/azure sends it, and accepted as bearer/,
    fix: /@ai-sdk\/openai in place of @ai-sdk\/azure/,
  },
  {
    guide: 'contract',
    trouble: 'a package with code of its own, and chunks that are no chunks',
    serve: () => reference({ faults: ['chunk-choices-missing'] }),
    machine: (baseURL) => config({ baseURL }, plain, { npm: '@ai-sdk/groq' }),
    first: { id: 'stream.choices-array', culprit: 'endpoint' },
  },
  {
    guide: 'contract',
    trouble: 'a finish that OpenCode does not know',
    serve: () => reference({ faults: ['stream-finish-unknown'] }),
    machine: (baseURL) => config({ baseURL }, plain),
    first: { id: 'stream.finish-once', culprit: 'endpoint' },
    sees: /without end/,
  },
]

let count = 0
const run = (machine: WorldInput, { model, patienceMs = 10_000 }: Pick<Trouble, 'model' | 'patienceMs'>): Promise<Diagnosis> =>
  diagnose({ world: worldOf(machine), model, patienceMs, file: join(folder, `${count++}.jsonl`), curl: curlLine })

test.each(troubles.map((trouble) => [`${trouble.guide}: ${trouble.trouble}`, trouble] as const))('%s', async (_, trouble) => {
  const server = await trouble.serve()
  try {
    const machine = trouble.machine(server.url)
    const found = await run(machine, trouble)
    const [cause] = found.causes
    expect({ id: cause?.id, culprit: cause?.culprit }).toEqual(trouble.first)
    if (trouble.says) expect(cause?.title).toMatch(trouble.says)
    if (trouble.sees) expect(cause?.sees).toMatch(trouble.sees)
    if (trouble.wire) expect(cause?.wire).toMatch(trouble.wire)
    if (trouble.fix) expect(JSON.stringify(cause?.fixes)).toMatch(trouble.fix)
    expect(cause?.fixes.length).toBeGreaterThan(0)
    if (!trouble.mends) return
    const mended = applyFix(machine, cause?.fixes[0], trouble.mends)
    const again = await run(mended, trouble)
    expect(again.causes.filter(({ breaks, id }) => breaks || id === trouble.first.id).map(({ id, title }) => `${id} ${title}`)).toEqual([])
    expect(again.asked).toBe(true)
  } finally {
    await server.close()
  }
})

test('a right configuration and a right endpoint give no cause, and the reduced cap of a vendor is told', async () => {
  const server = await reference({ dialect: 'xerotier' })
  try {
    const found = await run(
      config(
        { baseURL: server.url },
        { 'deepseek-r1-distill-llama-70b': { reasoning: true, limit: { context: 131_072, output: 32_000 } } },
      ),
      {},
    )
    expect(found.causes).toEqual([])
    expect(found.notes.join()).toMatch(/x-xerotier-max-tokens-clamped: true/)
  } finally {
    await server.close()
  }
})

test('of an endpoint that takes streams only nothing is claimed that was not seen', async () => {
  const server = await reference({ dialect: 'qwen' })
  try {
    const found = await run(config({ baseURL: server.url }, { 'qwen3-235b-a22b-thinking': { reasoning: true, ...good } }), {})
    expect(found.causes).toEqual([])
    expect(found.tested).toBe(true)
  } finally {
    await server.close()
  }
})

test.each([
  ['@ai-sdk/groq', 'reference', undefined],
  ['@ai-sdk/anthropic', 'claude-sonnet-4-6', 'anthropic'],
  ['@ai-sdk/azure', 'my-deployment', 'azure'],
])('%s at an endpoint that is right: no cause', async (npm, model, dialect) => {
  const server = await reference(dialect === undefined ? {} : { dialect })
  try {
    const found = await run(config({ baseURL: server.url }, { [model]: good }, { npm }), {})
    expect(found.causes).toEqual([])
    expect(found.tested).toBe(true)
    expect(/code with which @ai-sdk\/groq reads/.test(found.notes.join())).toBe(npm === '@ai-sdk/groq')
  } finally {
    await server.close()
  }
})

test('a package with a protocol of its own is not asked, and says why', async () => {
  const found = await run(config({ baseURL: 'http://127.0.0.1:9/v1' }, plain, { npm: '@ai-sdk/google' }), {})
  expect([found.asked, found.tested, found.requests]).toEqual([false, false, 0])
  expect(found.notes).toEqual(['nothing was sent: @ai-sdk/google cannot be asked here, since Gemini has an API of its own'])
})
