import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startReference } from '../../index.ts'
import { plainPalette } from '../../render/palette.ts'
import { type DiagnoseOptions, diagnose } from './diagnose.ts'

const folder = mkdtempSync(join(tmpdir(), 'wirecheck-diagnose-test-'))
const key = 'sk-diagnose-0123456789'
const before = { ...process.env }
let server: Awaited<ReturnType<typeof startReference>>

beforeAll(async () => {
  server = await startReference({ key })
  mkdirSync(join(folder, '.git'))
  Object.assign(process.env, { HOME: folder, DIAGNOSE_TEST_KEY: key })
  delete process.env.XDG_CONFIG_HOME
  delete process.env.XDG_DATA_HOME
})
afterAll(async () => {
  Object.assign(process.env, { HOME: before.HOME })
  delete process.env.DIAGNOSE_TEST_KEY
  for (const name of ['XDG_CONFIG_HOME', 'XDG_DATA_HOME']) if (before[name] !== undefined) process.env[name] = before[name]
  await server.close()
  rmSync(folder, { recursive: true })
})

const run = async (options: Partial<DiagnoseOptions>) => {
  let out = ''
  let err = ''
  const terminal = {
    out: (text: string) => {
      out += text
    },
    err: (text: string) => {
      err += text
    },
    palette: plainPalette,
    width: 100,
    live: false,
  }
  const code = await diagnose({ client: 'opencode', dir: folder, quiet: true, ...options }, terminal)
  return { code, out, err }
}

const write = (value: unknown): void =>
  writeFileSync(join(folder, 'opencode.json'), typeof value === 'string' ? value : JSON.stringify(value, null, 2))

const provider = (baseURL: string, rest: Record<string, unknown> = {}) => ({
  provider: {
    local: {
      options: { baseURL, apiKey: '{env:DIAGNOSE_TEST_KEY}' },
      models: { reference: { limit: { context: 131_072, output: 8192 } } },
      ...rest,
    },
  },
})

test('a configuration and an endpoint that are right end with 0', async () => {
  write(provider(server.url))
  const { code, out } = await run({})
  expect(out).toContain('nothing keeps OpenCode from working')
  expect(out).toContain(`set (env DIAGNOSE_TEST_KEY, ${key.length} chars)`)
  expect(out).not.toContain(key)
  expect(code).toBe(0)
})

test.each([{}, { json: true }, { offline: true, verbose: true }] as const)(
  'no secret of a header or a URL is shown: %j',
  async (options) => {
    const secrets = ['sk-super-0123456789', 'topsecret', 'sk-path-0123456789', 'query-0123456789', key]
    const [superKey, metadata, path, query] = secrets
    const baseURL = `${server.url.replace(/\/v1$/, '')}/${path}/${key}/v1?token=${query}`
    const headers = { 'X-Acme': superKey, 'cf-aig-metadata': metadata, 'X-Pin': 'pin-42', 'X-Title': 'Notes' }
    write(provider(baseURL, { options: { baseURL, apiKey: '{env:DIAGNOSE_TEST_KEY}', headers } }))
    const { out, err } = await run(options)
    for (const secret of [...secrets, 'pin-42']) expect(out + err).not.toContain(secret)
    expect(out).toContain('X-Acme: set (19 chars)')
    expect(out).toContain('X-Title: Notes')
    expect(out).toContain('/[redacted]/[redacted]/v1')
  },
)

test('offline nothing is sent, and an error ends with 1', async () => {
  write(provider('http://127.0.0.1:9/v1'))
  expect((await run({ offline: true })).code).toBe(0)
  write(provider('127.0.0.1:9/v1'))
  const { code, out } = await run({ offline: true, json: true })
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({ asked: false, causes: [{ id: 'CF-07' }] })
})

test('wrong words end with 2', async () => {
  write(provider(server.url))
  await expect(run({ model: 'locl/reference' })).rejects.toThrow(/did you mean "local"/)
  await expect(run({ json: true, sarif: true })).rejects.toThrow(/choose one/)
})

test('a file that is no JSON is said with its place', async () => {
  write('{ "provider": [,] }')
  const { code, out } = await run({})
  expect(code).toBe(1)
  expect(out).toMatch(/CF-05/)
  expect(out).toMatch(/opencode\.json:1:16/)
})

test('without any configuration there is nothing to diagnose', async () => {
  rmSync(join(folder, 'opencode.json'), { force: true })
  await expect(run({})).rejects.toThrow(/no provider with a model is configured/)
})

test('a configuration is written for an endpoint, and is right', async () => {
  const { code, out, err } = await run({ writeConfig: server.url, only: ['reference'], apiKeyEnv: 'DIAGNOSE_TEST_KEY' })
  expect(code).toBe(0)
  const config = JSON.parse(out)
  expect(config.model).toBe('local/reference')
  expect(config.provider.local).toMatchObject({
    npm: '@ai-sdk/openai-compatible',
    options: { baseURL: server.url, apiKey: '{env:DIAGNOSE_TEST_KEY}' },
    models: { reference: { name: 'reference', tool_call: true, modalities: { input: ['text', 'image'] } } },
  })
  expect(err).toContain('export DIAGNOSE_TEST_KEY')
  expect(out + err).not.toContain(key)
  write(config)
  expect((await run({})).code).toBe(0)
})

test('of a gateway each model gets the package that it answers to', async () => {
  const gateway = await startReference({ dialect: 'mixroute' })
  try {
    const { out } = await run({ writeConfig: gateway.url })
    const { models, npm } = JSON.parse(out).provider.local
    expect(npm).toBe('@ai-sdk/openai-compatible')
    expect(models['gpt-5.1-codex'].provider).toEqual({ npm: '@ai-sdk/openai' })
  } finally {
    await gateway.close()
  }
})
