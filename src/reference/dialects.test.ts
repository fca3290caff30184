import { afterAll, expect, test } from 'vitest'
import { bendsOf } from './dialects/dialect.ts'
import { dialects, findDialect } from './dialects.ts'
import type { Json } from './exchange.ts'
import { type Reference, startReference } from './server.ts'

const key = 'proxy-key-123456'
const running = new Map<string, Promise<Reference>>()
const started = (dialect: string): Promise<Reference> => {
  const server = running.get(dialect) ?? startReference({ dialect, key })
  running.set(dialect, server)
  return server
}
afterAll(async () => {
  for (const server of running.values()) await (await server).close()
})

interface Asked {
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
}

const ask = async (dialect: string, body: Json, { path = '/chat/completions', headers = {} }: Asked = {}) => {
  const { url } = await started(dialect)
  const own = headers.authorization || headers['api-key'] ? {} : { authorization: `Bearer ${key}` }
  const reply = await fetch(path.startsWith('/') ? url + path : path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...own, ...headers },
    body: JSON.stringify({ messages: [{ role: 'user', content: 'Count from 1 to 60, separated by spaces.' }], ...body }),
  })
  const text = await reply.text()
  const events = text.split('\n').flatMap((line) => (line.startsWith('data: ') ? [line.slice(6)] : []))
  let json: Json
  try {
    json = JSON.parse(text)
  } catch {
    json = undefined
  }
  return { status: reply.status, headers: reply.headers, text, json, events }
}

test('names are unique, and every dialect has a model that talks', () => {
  expect(new Set(dialects.map(({ name }) => name)).size).toBe(dialects.length)
  for (const { models, fails } of dialects) {
    expect(Object.values(models)[0]).not.toBe('embedding')
    expect(fails?.model).not.toBe(Object.keys(models)[0])
  }
  expect(bendsOf(findDialect('openai')).every(({ name }) => name === 'openai')).toBe(true)
  expect(() => findDialect('opneai')).toThrow("no dialect named 'opneai'")
})

test.each(dialects.map(({ name, models }) => ({ name, models })))(
  '$name lists its models, and names the one asked for',
  async ({ name, models }) => {
    const { url } = await started(name)
    const headers = { authorization: `Bearer ${key}`, 'api-key': key }
    const list = (await (await fetch(`${url}/models`, { headers })).json()) as Json
    const listed = list.data.map(({ id }: Json) => id)
    if (name === 'azure') expect(listed).not.toContain('my-deployment')
    else expect(listed).toEqual(Object.keys(models))
    const entry = (await (await fetch(`${url}/models/${listed[0]}`, { headers })).json()) as Json
    if (name !== 'azure') expect(entry).toMatchObject({ id: listed[0] })
    if (name === 'gravitex' || name === 'mixroute') return
    const model = Object.keys(models)[0] as string
    if (name === 'gateway') expect((await ask(name, { model })).headers.get('retry-after')).toBe('1')
    const { json } = await ask(name, { model, max_tokens: 8 }, { headers })
    expect(json).toMatchObject({ model, object: 'chat.completion' })
  },
)

test('names of models are exact', async () => {
  for (const model of ['claude-sonnet-4-5', 'Claude-sonnet-4-5-20250929', 'inner', 'reference'])
    expect(await ask('gravitex', { model })).toMatchObject({ status: 404, json: { error: { code: 'model_not_found' } } })
  expect((await ask('gravitex', { model: 'claude-sonnet-4-5-20250929', max_tokens: 4 })).status).toBe(200)
})

test.each(['gravitex', 'mixroute'])('%s: a model for Responses only', async (name) => {
  const model = 'gpt-5.1-codex'
  const words =
    'The chatCompletion operation does not work with the specified model, gpt-5.1-codex. Please choose different model and try again.'
  expect(await ask(name, { model })).toMatchObject({ status: 400, json: { error: { message: words } } })
  const { json } = await ask(name, { model, messages: undefined, input: 'Reply with the single word OK.' }, { path: '/responses' })
  expect(json).toMatchObject({ object: 'response', status: 'completed', model })
})

test('xerotier lowers a cap that is too high, and says so in a header', async () => {
  const model = 'deepseek-r1-distill-llama-70b'
  const header = 'x-xerotier-max-tokens-clamped'
  for (const stream of [false, true]) {
    const high = await ask('xerotier', { model, stream, max_tokens: 32_000 })
    expect([high.status, high.headers.get(header)]).toEqual([200, 'true'])
    const low = await ask('xerotier', { model, stream, max_tokens: 100 })
    expect([low.status, low.headers.get(header)]).toEqual([200, null])
  }
  const { url } = await started('xerotier')
  expect(url).toMatch(/\/proj_ABC123\/my-endpoint\/v1$/)
  for (const base of ['/v1', '/proj_ABC123/v1', '/proj_ABC123/other/v1'])
    expect((await ask('xerotier', { model }, { path: `${new URL(url).origin}${base}/chat/completions` })).status).toBe(404)
})

test('ccx has a key, a mapping and a list of models of its own, and chats alone', async () => {
  const told = async (value: string) => (await ask('ccx', { model: 'gpt-5' }, { headers: { authorization: value } })).json.error.message
  expect(await told('Bearer sk-upstream-1234567890')).toContain('key of an upstream provider')
  expect(await told('Bearer something-else')).toContain('not the proxy access key')
  expect((await ask('ccx', { model: 'gpt-5.4-mini', max_tokens: 4 })).json).toMatchObject({ model: 'gpt-5.4-mini' })
  expect((await ask('ccx', { model: 'claude-sonnet-4-6' })).json).toMatchObject({ error: { code: 'model_not_found' } })
  for (const path of ['/responses', '/messages']) expect((await ask('ccx', { model: 'gpt-5', input: 'OK' }, { path })).status).toBe(404)
})

test('azure is reached by the name of a deployment', async () => {
  const { url } = await started('azure')
  const at = (name: string) => url.replace('/v1', `/deployments/${name}/chat/completions?api-version=2024-10-21`)
  const headers = { 'api-key': key }
  expect((await ask('azure', {}, { path: at('my-deployment'), headers })).json).toMatchObject({ model: 'my-deployment' })
  expect((await ask('azure', {}, { path: at('nobody'), headers })).json).toMatchObject({ error: { code: 'DeploymentNotFound' } })
  expect((await ask('azure', { model: 'my-deployment' }, { path: `${new URL(url).origin}/v1/chat/completions` })).status).toBe(404)
})

const call = { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Paris"}' } }
const loop = (extra: object) => [
  { role: 'user', content: 'What is the weather in Paris?' },
  { role: 'assistant', content: null, tool_calls: [call], ...extra },
  { role: 'tool', tool_call_id: 'call_1', content: 'Sunny.' },
]

test('deepseek wants the thoughts behind a call back', async () => {
  const model = 'deepseek-v4-pro'
  expect((await ask('deepseek', { model, messages: loop({}) })).status).toBe(400)
  expect((await ask('deepseek', { model, messages: loop({ reasoning_content: 'Hm.' }) })).status).toBe(200)
  expect((await ask('deepseek', { model: 'deepseek-chat', messages: loop({}) })).status).toBe(200)
})

test.each([
  ['deepseek', 'deepseek-v4-pro', { thinking: { type: 'disabled' } }, true],
  ['glm', 'glm-4.7', { thinking: { type: 'disabled' } }, true],
  ['kimi', 'kimi-k2.6', { enable_thinking: false }, false],
  ['qwen', 'qwen3-max', { enable_thinking: false }, true],
  ['minimax', 'MiniMax-M2', { thinking: { type: 'disabled' } }, false],
  ['minimax', 'MiniMax-M3', { thinking: { type: 'disabled' } }, true],
  ['openrouter', 'vendor/thinking-model', { reasoning: { enabled: false } }, true],
  ['ollama', 'qwen3:8b', { reasoning: { effort: 'none' } }, true],
  ['llama.cpp', 'qwen3-8b-q4_k_m.gguf', { chat_template_kwargs: { enable_thinking: false } }, true],
])('%s %s thinks unless it is told not to: %j', async (name, model, off, isOff) => {
  const thoughts = async (more: object): Promise<number> =>
    (await ask(name, { model, ...more })).json.usage.completion_tokens_details.reasoning_tokens
  expect(await thoughts({})).toBeGreaterThan(0)
  if (isOff) expect(await thoughts(off)).toBe(0)
  else expect(await thoughts(off)).toBeGreaterThan(0)
})

test('minimax puts thoughts into the text, or apart', async () => {
  const model = 'MiniMax-M2'
  const { message } = (await ask('minimax', { model })).json.choices[0]
  expect(message).toMatchObject({ content: expect.stringMatching(/^<think>\n/) })
  expect(message).not.toHaveProperty('reasoning_content')
  const apart = (await ask('minimax', { model, reasoning_split: true })).json.choices[0].message
  expect(apart).toMatchObject({ content: expect.stringMatching(/^1 2 3/), reasoning_details: [{ type: 'reasoning.text' }] })
})

test('an open model of qwen answers in streams only', async () => {
  const model = 'qwen3-235b-a22b-thinking'
  expect((await ask('qwen', { model })).status).toBe(400)
  expect((await ask('qwen', { model, stream: true })).events.at(-1)).toBe('[DONE]')
})

test('ollama asks for no key, and draws ids from a thousand', async () => {
  const { status, json } = await ask('ollama', { model: 'llama3.2:3b' }, { headers: { authorization: 'Bearer nonsense' } })
  expect([status, json.id]).toEqual([200, expect.stringMatching(/^chatcmpl-\d{1,3}$/)])
})

test('vllm repeats the token counts on every chunk when it is asked to', async () => {
  const stream_options = { include_usage: true, continuous_usage_stats: true }
  const { events } = await ask('vllm', { model: 'qwen2-coder-32b', stream: true, stream_options })
  expect(events.slice(0, -1).every((data) => JSON.parse(data).usage.total_tokens > 0)).toBe(true)
})

test.each(dialects.flatMap(({ name, fails }) => (fails ? [[name, fails.model, fails.end] as const] : [])))(
  '%s: streams of %s fail, and end with %s',
  async (name, model, end) => {
    const { status, events } = await ask(name, { model, stream: true })
    expect(status).toBe(200)
    expect(JSON.parse(events.at(end === 'done' ? -2 : -1) as string)).toHaveProperty('error')
    expect(events.includes('[DONE]')).toBe(end === 'done')
  },
)

test.each([
  ['lmstudio', 200, /^\{"error":"Unexpected endpoint or method\. \(POST \/v1\/nowhere\)"\}$/],
  ['ollama', 404, /^404 page not found$/],
  ['vllm', 404, /"type":"Not Found"/],
  ['llama.cpp', 404, /"message":"File Not Found"/],
  ['glm', 404, /^\{"timestamp":/],
  ['openai', 404, /Invalid URL \(POST \/v1\/nowhere\)/],
] as const)('%s answers an unknown path %i', async (name, status, words) => {
  const reply = await ask(name, {}, { path: '/nowhere' })
  expect([reply.status, reply.text]).toEqual([status, expect.stringMatching(words)])
})
