import { expect, test } from 'vitest'
import { childEnvironment, isOpenCode, openCodeConfig, startChild } from './child.ts'

const url = 'http://127.0.0.1:1/v1'

test('a command gets the address and keeps everything else, its key included', () => {
  expect(childEnvironment(url, { OPENAI_API_KEY: 'k', NO_PROXY: 'a.example', X: undefined }, undefined)).toEqual({
    OPENAI_API_KEY: 'k',
    OPENAI_BASE_URL: url,
    NO_PROXY: 'a.example,127.0.0.1,localhost',
    no_proxy: '127.0.0.1,localhost',
  })
})

test.each([
  ['opencode', true],
  ['/usr/bin/opencode', true],
  ['opencode.exe', true],
  ['opencode-ai', true],
  ['opencoder', false],
  ['node', false],
])('%s', (program, is) => expect(isOpenCode(program)).toBe(is))

const config = (...args: Parameters<typeof openCodeConfig>) => JSON.parse(openCodeConfig(...args))

test('a provider that is configured elsewhere only gets another base URL', () => {
  expect(config(url, { provider: 'acme' })).toEqual({ provider: { acme: { options: { baseURL: url } } } })
})

test('one that is not gets a model, and its key from where it is', () => {
  expect(config(url, { model: 'org/m', keyVariable: 'ACME_KEY' })).toEqual({
    model: 'wirecheck/org/m',
    small_model: 'wirecheck/org/m',
    provider: { wirecheck: { options: { baseURL: url, apiKey: '{env:ACME_KEY}' }, models: { 'org/m': {} } } },
  })
})

test('what was in the variable stays', () => {
  const present = {
    theme: 'x',
    provider: { other: { options: {} }, acme: { npm: 'p', options: { apiKey: 'a', baseURL: 'b' }, models: { m: { limit: {} }, n: {} } } },
  }
  const made = config(url, { provider: 'acme', model: 'm' }, JSON.stringify(present))
  expect(made).toMatchObject({ theme: 'x', provider: { other: { options: {} } } })
  expect(made.provider.acme).toEqual({ npm: 'p', options: { apiKey: 'a', baseURL: url }, models: { m: { limit: {} }, n: {} } })
  expect(() => openCodeConfig(url, { provider: 'acme' }, '{')).toThrow(SyntaxError)
})

const environment = { PATH: process.env.PATH }

test('the exit code is that of the command, or of the signal that ended it', async () => {
  const run = (script: string) => startChild([process.execPath, '-e', script], environment, false)
  expect(await (await run('process.exit(7)')).ended).toBe(7)
  const hung = await run('setInterval(() => 0, 1000)')
  hung.signal('SIGTERM')
  expect(await hung.ended).toBe(143)
  await expect(startChild(['./there-is-no-such-command'], environment, false)).rejects.toThrow('ENOENT')
})

test('a signal reaches what the command started, and the third one is not to be refused', async () => {
  const inner = "process.on('SIGINT', () => 0); setInterval(() => 0, 1000)"
  const outer = `process.on('SIGINT', () => 0); require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(inner)}], { stdio: 'ignore' }); setInterval(() => 0, 1000)`
  const child = await startChild([process.execPath, '-e', outer], environment, false)
  await new Promise((resolve) => setTimeout(resolve, 300))
  for (let count = 0; count < 3; count++) child.signal('SIGINT')
  expect(await child.ended).toBe(137)
})
