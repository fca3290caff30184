import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { plainPalette } from '../../render/palette.ts'
import { CliError } from '../exit-code.ts'
import { type DiagnoseOptions, diagnose } from './diagnose.ts'

/** Configurations that are broken, odd or not there: each is said in a sentence, with an exit code, and none ends in a defect. */

const home = mkdtempSync(join(tmpdir(), 'wirecheck-edges-'))
const folder = join(home, 'project')
const before = { ...process.env }
const names = [
  'HOME',
  'XDG_CONFIG_HOME',
  'XDG_DATA_HOME',
  'OPENCODE_CONFIG',
  'OPENCODE_CONFIG_CONTENT',
  'OPENCODE_AUTH_CONTENT',
  'EDGE_KEY',
]

beforeAll(() => {
  for (const name of names) delete process.env[name]
  Object.assign(process.env, { HOME: home, EDGE_KEY: 'sk-edge-0123456789' })
})
beforeEach(() => mkdirSync(join(folder, '.git'), { recursive: true }))
afterEach(() => rmSync(folder, { recursive: true, force: true }))
afterAll(() => {
  for (const name of names) delete process.env[name]
  Object.assign(process.env, before)
  rmSync(home, { recursive: true })
})

interface Ended {
  readonly code: number
  readonly said: string
}

const run = async (options: Partial<DiagnoseOptions> = {}): Promise<Ended> => {
  let said = ''
  const say = (text: string): void => {
    said += text
  }
  const terminal = { out: say, err: say, palette: plainPalette, width: 400, live: false }
  try {
    return { code: await diagnose({ client: 'opencode', dir: folder, quiet: true, offline: true, ...options }, terminal), said }
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    return { code: error.exitCode, said: error.message }
  }
}

const write = (text: string | Buffer, name = 'opencode.json'): void => {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), text)
}

const options = { baseURL: 'http://127.0.0.1:9/v1', apiKey: '{env:EDGE_KEY}' }
const models = { m: { limit: { context: 131_072, output: 8192 } } }
const plain = JSON.stringify({ provider: { acme: { options, models } } })
const withKey = (apiKey: string): string => JSON.stringify({ provider: { acme: { options: { ...options, apiKey }, models } } })
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le')

interface Edge {
  readonly it: string
  readonly put: () => void
  readonly code: number
  readonly says: RegExp
  readonly with?: Partial<DiagnoseOptions>
}

const edges: readonly Edge[] = [
  { it: 'nothing at all', put: () => {}, code: 2, says: /no configuration was found; looked for .*opencode\.json.*\n--write-config URL/ },
  {
    it: 'a folder that is not there',
    put: () => {},
    with: { dir: '/nonexistent' },
    code: 2,
    says: /--dir \/nonexistent: there is no such folder/,
  },
  {
    it: 'a file in place of the folder',
    put: () => write(plain),
    with: { dir: join(folder, 'opencode.json') },
    code: 2,
    says: /opencode\.json is a file; name the folder/,
  },
  {
    it: 'a file on the way to the folder',
    put: () => write(plain),
    with: { dir: join(folder, 'opencode.json/below') },
    code: 2,
    says: /there is no such folder/,
  },
  {
    it: 'an error of syntax',
    put: () => write('{\n  "model": "a/b"\n  "x": 1 }'),
    code: 1,
    says: /a comma is expected\n.*opencode\.json:3:3/,
  },
  {
    it: 'a brace that is missing',
    put: () => write('{ "model": "a/b"'),
    code: 1,
    says: /closing brace is expected\n.*opencode\.json:1:17/,
  },
  {
    it: 'a file that is put in and missing',
    put: () => write(withKey('{file:./none}')),
    code: 1,
    says: /CF-13\n.*which does not exist\n.*:1:\d+/,
  },
  {
    it: 'a file that is put into itself',
    put: () => write(withKey('{file:./opencode.json}')),
    code: 1,
    says: /CF-47\n.*names a configuration/,
  },
  {
    it: 'a link that goes in circles, put in',
    put: () => {
      write(withKey('{file:./one}'))
      symlinkSync('two', join(folder, 'one'))
      symlinkSync('one', join(folder, 'two'))
    },
    code: 1,
    says: /symbolic links go round in a circle/,
  },
  {
    it: 'a link that goes in circles, read',
    put: () => symlinkSync('opencode.json', join(folder, 'opencode.json')),
    code: 1,
    says: /CF-14\n.*symbolic links go round in a circle/,
  },
  { it: 'a folder that is put in', put: () => write(withKey('{file:.}')), code: 1, says: /cannot be read: it is a folder/ },
  { it: 'a folder in place of the file', put: () => mkdirSync(join(folder, 'opencode.json')), code: 1, says: /CF-14\n.*it is a folder/ },
  {
    it: 'a file of three megabytes, put in',
    put: () => {
      write(withKey('{file:./log}'))
      write('x'.repeat(3 * 1024 * 1024), 'log')
    },
    code: 1,
    says: /has 3145728 characters, which is more than any value needs[\s\S]*takes the whole text/,
  },
  { it: 'UTF-16 with a mark', put: () => write(utf16(`\uFEFF${plain}`)), code: 1, says: /CF-14\n.*written in UTF-16/ },
  { it: 'UTF-16 without a mark', put: () => write(utf16(plain)), code: 1, says: /CF-14\n.*written in UTF-16/ },
  {
    it: 'a key in UTF-16',
    put: () => {
      write(withKey('{file:./key}'))
      write(utf16('sk-edge-0123456789'), 'key')
    },
    code: 1,
    says: /CF-13\n.*written in UTF-16[\s\S]*takes its bytes for UTF-8/,
  },
  { it: 'a byte order mark', put: () => write(`\uFEFF${plain}`), code: 0, says: /the configuration has no mistake/ },
  {
    it: 'a zero byte in a name',
    put: () => write(plain.replace('acme', 'ac\0me')),
    code: 1,
    says: /control character stands in a string\n.*:1:14/,
  },
  { it: 'nothing but zero bytes', put: () => write('\0\0\0'), code: 1, says: /CF-05\n.*\n.*opencode\.json:1:1/ },
  { it: 'bytes that are no UTF-8', put: () => write(Buffer.from([0xff, 0xff, 0x7b, 0x7d])), code: 1, says: /CF-05/ },
  { it: 'an empty file', put: () => write(''), code: 2, says: /no provider with a model is configured/ },
  { it: 'null', put: () => write('null'), code: 1, says: /must be one object/ },
  { it: 'a list', put: () => write('[]'), code: 1, says: /must be one object/ },
  { it: 'a provider that is null', put: () => write('{"provider":{"acme":null}}'), code: 1, says: /provider\.acme must be an object/ },
  {
    it: 'names that every object has',
    put: () => write('{"provider":{"constructor":{"models":{"toString":{}}}}}'),
    code: 1,
    says: /constructor\/toString[\s\S]*no options\.baseURL/,
  },
  {
    it: 'objects in one another',
    put: () => write(`${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`),
    code: 1,
    says: /nested too deeply\n.*opencode\.json:1:/,
  },
  {
    it: 'options that are nested deeply',
    put: () => write(plain.replace('"limit"', `"options":${'{"a":'.repeat(2500)}1${'}'.repeat(2500)},"limit"`)),
    code: 1,
    says: /nested too deeply/,
  },
  { it: 'lists in one another', put: () => write('['.repeat(100_000)), code: 1, says: /nested too deeply/ },
  {
    it: 'a provider that does not exist',
    put: () => write(plain),
    with: { model: 'acne/m' },
    code: 2,
    says: /no provider "acne".*did you mean "acme"\?/,
  },
  {
    it: 'a model that does not exist',
    put: () => write(plain),
    with: { model: 'acme/mm' },
    code: 2,
    says: /no model "mm"; did you mean "acme\/m"\?/,
  },
  {
    it: 'a name that is none',
    put: () => write(plain),
    with: { model: '/' },
    code: 2,
    says: /"\/" names no model; a model is named as provider\/model/,
  },
]

test.each(edges)('$it', async ({ put, code, says, with: given = {} }) => {
  put()
  const ended = await run(given)
  expect(ended.said).toMatch(says)
  expect(ended.said).not.toMatch(/\n\s+at |RangeError|TypeError|defect/)
  expect(ended.code).toBe(code)
})

test('what is named twice in variables is read where it stands', async () => {
  write(plain)
  process.env.OPENCODE_CONFIG = '/dev/null'
  expect((await run()).code).toBe(0)
  process.env.OPENCODE_CONFIG = '/dev/zero'
  expect((await run()).said).toMatch(/\/dev\/zero cannot be read: it is a device/)
  delete process.env.OPENCODE_CONFIG
  process.env.OPENCODE_CONFIG_CONTENT = '{bad'
  expect((await run()).said).toMatch(/OPENCODE_CONFIG_CONTENT:1:2/)
  delete process.env.OPENCODE_CONFIG_CONTENT
})

const served = async (listener: RequestListener, use: (url: string) => Promise<void>): Promise<void> => {
  const server = createServer(listener)
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready))
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

test('what a host keeps for those who have logged in is read, and not asked for offline', async () => {
  let asked = 0
  const answer: RequestListener = (request, response) => {
    asked++
    const found = request.url === '/.well-known/opencode'
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' })
    response.end(found ? JSON.stringify({ config: { provider: { google: { npm: '@ai-sdk/google', models } } } }) : '{}')
  }
  await served(answer, async (url) => {
    process.env.OPENCODE_AUTH_CONTENT = JSON.stringify({ [`${url}/`]: { type: 'wellknown', key: 'EDGE_TOKEN', token: 'token-0123456789' } })
    try {
      expect(await run()).toMatchObject({ code: 2 })
      write(plain)
      expect((await run()).said).toMatch(/CF-46 .*\.well-known\/opencode {2}not read: it takes the network/)
      expect(asked).toBe(0)
      const { code, said } = await run({ offline: false, model: 'google/m' })
      expect(said).toMatch(/nothing was sent: @ai-sdk\/google cannot be asked here, since Gemini has an API of its own/)
      expect(said).toContain('(.well-known)')
      expect(said).not.toContain('token-0123456789')
      expect(code).toBe(3)
      expect(asked).toBe(1)
    } finally {
      delete process.env.OPENCODE_AUTH_CONTENT
    }
  })
})

test('an endpoint that says nothing for long is left, as soon as the options say', async () => {
  // every other address is refused at once, so that one answer is waited for
  const silent: RequestListener = ({ url }, response) => {
    if (url !== '/v1/chat/completions') return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(': still there\n\n')
  }
  await served(silent, async (url) => {
    write(JSON.stringify({ provider: { acme: { options: { ...options, baseURL: `${url}/v1` }, models } } }))
    expect(await run({ offline: false, maxRequests: 0, timeoutIdle: 2 })).toMatchObject({
      code: 1,
      said: expect.stringMatching(/client\.hangs/),
    })
    const cut = await run({ offline: false, maxRequests: 0, timeoutTotal: 5 })
    expect(cut.said).toMatch(/the first answer was not read to its end[\s\S]*nothing can be said of the endpoint/)
    expect(cut.code).toBe(3)
  })
}, 120_000)

test('every form goes to the file that is named for it', async () => {
  write(plain.replace('http://', ''))
  const json = join(folder, 'out/diagnosis.json')
  const sarif = join(folder, 'diagnosis.sarif')
  const { code, said } = await run({ render: [`json=${json}`, `sarif=${sarif}`] })
  expect(code).toBe(1)
  expect(said).toContain('CF-07')
  expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({ causes: [{ id: 'CF-07' }] })
  expect(JSON.parse(readFileSync(sarif, 'utf8'))).toMatchObject({ version: '2.1.0' })
  expect(JSON.parse((await run({ render: ['json'] })).said)).toMatchObject({ asked: false })
  expect(await run({ render: ['junit'] })).toEqual({ code: 2, said: '--render junit is none of pretty, json, sarif' })
})
