import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { globalFile, lintWorld, project, withProvider, worldOf } from '../testing/opencode.ts'
import { chooseModel, UnknownModel } from './choose.ts'
import { candidates } from './discover.ts'
import { processWorld } from './read.ts'
import { resolveModel } from './resolve.ts'
import { secretsOf } from './secrets.ts'
import { readSettings } from './settings.ts'
import { showPlace, textAt } from './world.ts'

const provider = (name: string) => ({ provider: { acme: { name, options: { headers: { [name]: name } }, models: { m: {} } } } })

test('every level is read in the order of OpenCode, and the last one wins member by member', () => {
  const files = {
    '/users/ann/.config/opencode/config.json': provider('one'),
    [globalFile]: provider('two'),
    '/users/ann/.config/opencode/opencode.jsonc': provider('three'),
    '/extra.json': provider('four'),
    '/code/app/opencode.json': provider('five'),
    '/code/app/opencode.jsonc': provider('six'),
    '/code/app/sub/opencode.json': provider('seven'),
    '/code/app/.opencode/opencode.json': provider('eight'),
    '/users/ann/.opencode/opencode.json': provider('nine'),
    '/dir/opencode.jsonc': provider('ten'),
    '/etc/opencode/opencode.json': provider('twelve'),
  }
  const env = { OPENCODE_CONFIG: '/extra.json', OPENCODE_CONFIG_DIR: '/dir', OPENCODE_CONFIG_CONTENT: JSON.stringify(provider('eleven')) }
  const settings = readSettings(worldOf({ files, env, cwd: '/code/app/sub' }))
  expect(settings.sources.map(({ value }) => textAt(value, ['provider', 'acme', 'name']))).toEqual(
    'one two three four five six seven eight nine ten eleven twelve'.split(' '),
  )
  const path = ['provider', 'acme', 'options', 'headers']
  expect(Object.keys(settings.value.provider as object)).toEqual(['acme'])
  expect(Object.keys((settings.value.provider as { acme: { options: { headers: object } } }).acme.options.headers)).toHaveLength(12)
  expect(settings.place([...path, 'three']).file).toBe('/users/ann/.config/opencode/opencode.jsonc')
  expect(settings.origin(['provider', 'acme', 'name'])?.level).toBe('managed')
})

test('variables move and switch off places', () => {
  const world = worldOf({ env: { XDG_CONFIG_HOME: '/xdg', OPENCODE_DISABLE_PROJECT_CONFIG: '1' } })
  const found = candidates(world).map(({ file }) => file)
  expect(found).toContain('/xdg/opencode/opencode.json')
  expect(found).not.toContain(project)
  expect(candidates(worldOf({ platform: 'darwin' })).at(-1)?.file).toBe('/Library/Application Support/opencode/opencode.jsonc')
})

test('lists are replaced, those of plugins and instructions joined', () => {
  const files = { [globalFile]: { plugin: ['a'], disabled_providers: ['x'] }, [project]: { plugin: ['b'], disabled_providers: ['y'] } }
  expect(readSettings(worldOf({ files })).value).toMatchObject({ plugin: ['a', 'b'], disabled_providers: ['y'] })
})

const resolved = (acme: Record<string, unknown>, input: Parameters<typeof worldOf>[0] = {}, model?: string) => {
  const settings = readSettings(worldOf({ files: { [project]: withProvider(acme) }, ...input }))
  const chosen = chooseModel(settings, model)
  return resolveModel(settings, chosen.provider, chosen.model)
}

test('the key is that of the options, then that of the login, then that of the one variable', () => {
  const auth = { '/users/ann/.local/share/opencode/auth.json': { acme: { type: 'api', key: 'from-login' } } }
  const files = { [project]: withProvider({}), ...auth }
  const env = { ACME_KEY: 'from-env' }
  expect(resolved({}, { files, env }).key?.value).toBe('from-env')
  expect(resolved({}, { files, env }).key?.from).toMatch(/^env ACME_KEY, .*:6:/)
  expect(resolved({}, { files }).key).toEqual({ value: 'from-login', from: '/users/ann/.local/share/opencode/auth.json' })
  const bare = { [project]: withProvider({ options: { baseURL: 'http://a/v1' }, env: ['ACME_KEY'] }) }
  expect(resolved({}, { files: bare, env }).key?.from).toBe('env ACME_KEY')
  const content = { OPENCODE_AUTH_CONTENT: '{"acme":{"type":"api","key":"inline"}}' }
  expect(resolved({}, { files: { [project]: withProvider({ options: {} }) }, env: content }).key?.value).toBe('inline')
})

test('URL, package, id and limits are those that OpenCode would use', () => {
  const of = (acme: Record<string, unknown>) => resolved(acme)
  expect(of({ options: { baseURL: 'http://a/v1/' } }).url).toBe('http://a/v1/chat/completions')
  expect(of({ options: { baseURL: 'http://a/v1//' } }).url).toBe('http://a/v1//chat/completions')
  expect(of({ api: 'http://b', options: {} }).url).toBe('http://b/chat/completions')
  expect(of({ npm: '@ai-sdk/openai' }).url).toBe('http://127.0.0.1:8000/v1/responses')
  expect(of({ models: { k: { id: 'wire', provider: { npm: '@ai-sdk/openai' } } } })).toMatchObject({
    api: 'responses',
    wireId: { value: 'wire' },
  })
  expect(of({ models: { k: { options: { model: 'body' } } } }).wireId.value).toBe('body')
  expect(of({ models: { k: { name: 'shown' } } }).wireId.value).toBe('k')
  expect(of({ models: { k: {} } }).maxTokens).toBe(32_000)
  expect(of({ models: { k: { limit: { context: 1, output: 100_000 } } } }).maxTokens).toBe(32_000)
  expect(of({ models: { k: { limit: { context: 1, output: 50 } } } }).maxTokens).toBe(50)
  const settings = readSettings(
    worldOf({ files: { [project]: { provider: { openai: { options: { baseURL: 'http://a/v1' }, models: { m: {} } } } } } }),
  )
  expect(resolveModel(settings, 'openai', 'm')).toMatchObject({ api: 'responses', npm: { value: '@ai-sdk/openai' } })
  expect(
    resolved(
      { options: { baseURL: 'http://$' + '{HOST}/v1' } },
      { env: { HOST: 'h' }, files: { [project]: withProvider({ options: { baseURL: 'http://$' + '{HOST}/v1' } }) } },
    ).url,
  ).toBe('http://h/v1/chat/completions')
})

test('a provider or a model that is not there is answered with the nearest', () => {
  expect(() => resolved({}, {}, 'acmee/qwen3-8b')).toThrow(/no provider "acmee".*did you mean "acme"/)
  expect(() => resolved({}, {}, 'acme/qwen3-8B')).toThrow(/did you mean "acme\/qwen3-8b"/)
  expect(() => chooseModel(readSettings(worldOf({})), undefined)).toThrow(UnknownModel)
  expect(resolved({}, {}, 'acme').model).toBe('qwen3-8b')
  // the catalogue of models is not in any file
  expect(resolved({}, {}, 'openai/gpt-5')).toMatchObject({ api: 'responses', url: 'https://api.openai.com/v1/responses' })
})

test('secrets are known, whatever form they have', () => {
  const acme = { options: { apiKey: 'sk-literal-key', headers: { Authorization: 'Bearer token-in-header', 'X-Team': 'blue' } } }
  const found = secretsOf(readSettings(worldOf({ files: { [project]: withProvider(acme) }, env: { OTHER_API_KEY: 'other-secret' } })))
  expect(found).toEqual(expect.arrayContaining(['sk-literal-key', 'token-in-header', 'other-secret']))
  expect(found).not.toContain('blue')
})

test('syntax errors, missing and unreadable files have a place', () => {
  const at = (text: string, env = {}) =>
    lintWorld(worldOf({ files: { [project]: text }, env })).map(({ rule, at: place }) => `${rule} ${showPlace(place)}`)
  expect(at('{\n  "provider": {,}\n}')).toEqual([`CF-05 ${project}:2:16`])
  expect(at('{ "a": "{file:./key.txt}" }')).toEqual([`CF-13 ${project}:1:9`])
  expect(at('[1]')).toEqual([`CF-05 ${project}:1:1`])
  expect(at('')).toEqual([])
  expect(at('{\n "a": "{env:K}" }', { K: 'a\nb' })).toEqual([`CF-05 ${project}:2:8`])
  const denied = lintWorld(worldOf({ denied: [globalFile] }))
  expect(denied.map(({ rule, message }) => [rule, message])).toEqual([['CF-14', `${globalFile} cannot be read: permission denied`]])
})

test('a large file and a deep one are read to their end', () => {
  const models = Object.fromEntries(
    Array.from({ length: 60_000 }, (_, index) => [`model-${index}`, { name: `Model ${index}`, limit: { context: 100_000, output: 8000 } }]),
  )
  const text = JSON.stringify(withProvider({ models }), null, 1)
  expect(text.length).toBeGreaterThan(5_000_000)
  expect(lintWorld(worldOf({ files: { [project]: text }, env: { ACME_KEY: 'k' } })).filter(({ level }) => level === 'error')).toEqual([])
  expect(lintWorld(worldOf({ files: { [project]: '['.repeat(200_000) } })).map(({ rule }) => rule)).toEqual(['CF-05'])
})

test('the files of this machine: comments, a folder in place of a file, a link that goes in circles', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wirecheck-opencode-'))
  try {
    mkdirSync(join(folder, '.git'))
    mkdirSync(join(folder, 'opencode.jsonc'))
    writeFileSync(join(folder, 'opencode.json'), '\uFEFF// ours\n{ "model": "a/b", }\n')
    const { HOME, XDG_CONFIG_HOME } = process.env
    process.env.HOME = folder
    delete process.env.XDG_CONFIG_HOME
    const world = processWorld(folder)
    const settings = readSettings(world)
    process.env.HOME = HOME
    if (XDG_CONFIG_HOME !== undefined) process.env.XDG_CONFIG_HOME = XDG_CONFIG_HOME
    expect(settings.value).toEqual({ model: 'a/b' })
    expect(settings.sources.map(({ failures }) => failures.map(({ message }) => message))).toEqual([
      [],
      [expect.stringContaining('it is a folder')],
    ])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('what waits for somebody who writes is not opened', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wirecheck-opencode-'))
  const server = createServer()
  try {
    execFileSync('mkfifo', [join(folder, 'pipe')])
    await new Promise<void>((done) => server.listen(join(folder, 'socket'), done))
    const { read } = processWorld(folder)
    expect(read(join(folder, 'pipe'))).toEqual({ kind: 'denied', why: 'it is a pipe' })
    expect(read(join(folder, 'socket'))).toEqual({ kind: 'denied', why: 'it is a socket' })
  } finally {
    server.close()
    rmSync(folder, { recursive: true })
  }
})
