import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { discoverModel } from './cli/discover.ts'
import { betterBaseUrl } from './cli/hint.ts'
import { dialects } from './reference/dialects.ts'
import { startReference } from './reference/server.ts'
import { BaseUrlError, checkBaseUrl } from './target/base-url.ts'
import { loadTarget } from './target/load.ts'
import { caseName, casesOf, type DialectRow, type DialectTable, dialectRow, runDialect } from './testing/dialect-runs.ts'
import { pooled } from './testing/fault-runs.ts'

// `node src/build/run.mjs dialect-table '^name$'` writes the rows. Read what it changes: a finding must be something that the
// vendor is known for, and what it may do must not be among them.
const table = JSON.parse(readFileSync(new URL('./dialect-table.json', import.meta.url), 'utf8')) as DialectTable
const cases = dialects.flatMap(casesOf)
const names = (list: typeof cases) => list.map((one) => `${one.dialect.name} ${caseName(one)}`)

describe('runs against the dialects', () => {
  let rows: ReadonlyMap<string, DialectRow>
  beforeAll(async () => {
    const seen = await pooled(cases, dialectRow)
    rows = new Map(names(cases).map((name, index) => [name, seen[index] as DialectRow]))
  }, 300_000)
  test.each(cases.map((one) => ({ one, name: `${one.dialect.name} ${caseName(one)}` })))('$name', ({ one, name }) => {
    expect(rows.get(name)).toEqual(table[one.dialect.name]?.[caseName(one)])
  })
  test('each row has its case', () => {
    const written = Object.entries(table).flatMap(([dialect, models]) => Object.keys(models).map((name) => `${dialect} ${name}`))
    expect(written.sort()).toEqual(names(cases).sort())
  })
})

const supported = (dialect: string, model: string, capability: string): string | undefined =>
  Object.entries(table[dialect]?.[model]?.support ?? {}).find(([, capabilities]) => capabilities?.includes(capability))?.[0]

/** What the guides of these systems promise, read off the matrix. */
describe('what the matrix says', () => {
  test.each(['gravitex', 'mixroute'])('%s: a model for Responses only is described and not accused', (name) => {
    const row = table[name]?.['gpt-5.1-codex']
    expect(row?.findings).toEqual([])
    for (const capability of ['chat', 'streaming', 'tools', 'tools.streaming'])
      expect(supported(name, 'gpt-5.1-codex', capability)).toBe('none')
    for (const capability of ['responses', 'responses.streaming', 'responses.state', 'responses.tools'])
      expect(supported(name, 'gpt-5.1-codex', capability)).toBe('full')
  })
  test('ccx: chats alone', () => {
    expect(supported('ccx', 'gpt-5', 'chat')).toBe('full')
    expect(supported('ccx', 'gpt-5', 'responses')).toBe('none')
  })
})

/** Each sentence that the guide of Xerotier has about its wire, and the requirements in which it is tested. */
const promised: Readonly<Record<string, readonly string[]>> = {
  'id, object, created, model and choices on every chunk': [
    'stream.id-stable',
    'stream.created-stable',
    'stream.object',
    'stream.choices-array',
    'wire.shape',
  ],
  'text comes in deltas': ['stream.increments', 'wire.delta.content-key'],
  'the finish reason is null before the last chunk with content': ['stream.finish-key', 'stream.finish-once', 'stream.finish-last'],
  'the sentinel ends a stream': ['stream.done-sentinel', 'stream.nothing-after-done'],
  'the last chunk has usage': ['stream.usage.on-request', 'stream.usage.once-and-last', 'usage.sum'],
  'tools and tool_choice reach the model': ['tools.call', 'tools.choice.named', 'tools.choice.required', 'usage.tools-counted'],
  'calls have id, type, name and arguments': ['tools.stream.head', 'tools.stream.head-once', 'tools.call.arguments-string'],
  'arguments add up over chunks': ['tools.stream.arguments', 'tools.stream.parity'],
  'calls finish with tool_calls': ['tools.finish-reason', 'tools.stream.finish'],
  'results of tools are passed on': ['tools.turn.result', 'tools.turn.parallel-results'],
  'reasoning_content is relayed': ['reasoning.member', 'reasoning.separate', 'reasoning.stream-order'],
  'stop and length': ['chat.finish-reason', 'params.length-finish', 'stream.length-finish'],
  'both endpoints have one base URL': ['chat.object', 'responses.object', 'transport.base-path'],
}

test('xerotier keeps each of its promises', async () => {
  const [one] = casesOf(dialects.find(({ name }) => name === 'xerotier') as (typeof dialects)[number])
  const report = await runDialect(one as (typeof cases)[number])
  const held = new Set(report.requirements.filter(({ observation }) => observation === 'held').map(({ id }) => id))
  const missing = Object.entries(promised).filter(([, ids]) => !ids.every((id) => held.has(id)))
  expect(missing).toEqual([])
  expect(report.observations).toContainEqual(expect.objectContaining({ id: 'reasoning-carrier', value: 'reasoning_content' }))
  // its header about caps is told by the extra probe that asks for an enormous one
  const clamped = await runDialect(one as (typeof cases)[number], ['limits/output-cap'])
  expect(clamped.findings).toContainEqual(expect.objectContaining({ requirement: 'limits.output-cap', code: 'clamped', level: 'may' }))
})

test('ccx: base URLs that people enter are told apart', async () => {
  const server = await startReference({ dialect: 'ccx', key: 'proxy-key-123456' })
  try {
    const at = (baseUrl: string) => loadTarget({ baseUrl, model: 'gpt-5', apiKey: { env: 'KEY' } }, { KEY: 'proxy-key-123456' }).target
    const { origin } = new URL(server.url)
    expect(await betterBaseUrl(at(origin))).toBe(server.url)
    expect(await betterBaseUrl(at(`${server.url}/v1`))).toBe(server.url)
    expect(await betterBaseUrl(at(server.url))).toBeUndefined()
    await expect(discoverModel(at(origin))).rejects.toThrow(`did you mean --base-url ${server.url}?`)
    expect(() => checkBaseUrl(`${server.url}/chat/completions`)).toThrow(BaseUrlError)
    expect(() => checkBaseUrl(`${server.url}/chat/completions`)).toThrow(`did you mean ${server.url}?`)
  } finally {
    await server.close()
  }
})
