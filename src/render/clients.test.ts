import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { buildReport } from '../report/build.ts'
import { exitCode } from '../report/exit.ts'
import { buildMatrix } from '../report/matrix.ts'
import { createAjv } from '../schema/compile.ts'
import { cleanJudgement, sampleCatalog, sampleHeader, sampleInput } from '../testing/report.ts'
import type { ClientReplay, Profile, Report } from '../types.ts'
import { renderMarkdown } from './markdown.ts'
import { renderMatrixMarkdown, renderMatrixPretty } from './matrix.ts'
import { plainPalette } from './palette.ts'
import { renderPretty } from './pretty.ts'

const evidence = { probe: 'chat-stream/usage', attempt: 1, step: 0 }

const replays: readonly ClientReplay[] = [
  {
    client: 'opencode-1.18',
    packages: { ai: '6.0.168' },
    prefers: 'chat',
    replayed: { chat: 3, responses: 0 },
    outcomes: [
      { api: 'chat', result: 'breaks', symptom: 'turn-dies', sees: 'the turn ends', error: 'bad\u001b[2J|`<b>', evidence },
      { api: 'chat', result: 'breaks', symptom: 'loops', sees: 'again and again', evidence: { ...evidence, probe: 'chat/prompt' } },
      { api: 'chat', result: 'degraded', symptom: 'empty', sees: 'nothing', evidence },
    ],
  },
  {
    client: 'ai-sdk-7',
    packages: { ai: '7.0.173' },
    replayed: { chat: 1, responses: 0 },
    outcomes: [{ api: 'chat', result: 'works', symptom: 'works', sees: 'all of it', evidence }],
  },
]

const report = buildReport({ ...sampleInput, clients: replays })
const pretty = (verbose = false) => renderPretty(report, { palette: plainPalette, width: 80, verbose })

/** The lines of a text from one word on, up to the next empty line. */
const block = (text: string, from: string): string => text.slice(text.indexOf(from)).split('\n\n')[0] ?? ''

test('a terminal is told what breaks, why, and what no finding explains', () => {
  expect(block(pretty(), '  clients').split('\n')).toEqual([
    '  clients  what their own code made of the recorded answers',
    '    ✗ breaks  opencode-1.18  chat breaks (3 replayed)',
    '      ai 6.0.168',
    '      chat turn-dies  chat-stream/usage',
    '        the turn ends',
    '        bad␛[2J|`<b>',
    '        because of stream.usage-last',
    '      chat loops  chat/prompt',
    '        again and again',
    '        unexplained on 1 exchange: a hole in the suites, please report it',
    '      1 lesser symptom; --verbose shows them',
    '    ✓ works  ai-sdk-7  chat works (1 replayed)',
    '      ai 7.0.173',
  ])
  expect(block(pretty(true), '  clients')).toContain('chat empty')
})

test('a comment is told the same in a table, with nothing of it as markup', () => {
  const text = renderMarkdown(report)
  expect(text).toContain('| ✗ breaks |')
  expect(text).toContain('**unexplained**')
  expect(text).not.toContain('<b>')
  expect(text).not.toContain('\u001b')
})

test('a matrix has a row for each client, and a cell where it was replayed', () => {
  const other = buildReport({
    ...sampleInput,
    judgement: cleanJudgement,
    header: { ...sampleHeader, target: { ...sampleHeader.target, name: 'zeta' } },
  })
  const matrix = buildMatrix([report, other], sampleCatalog.profiles[0] as Profile)
  expect(matrix.tables[0]?.clients).toEqual([
    { client: 'opencode-1.18', results: ['breaks', undefined] },
    { client: 'ai-sdk-7', results: ['works', undefined] },
  ])
  expect(renderMatrixMarkdown(matrix)).toContain('| ✗ breaks |  |')
  expect(renderMatrixPretty(matrix, { palette: plainPalette, width: 100 })).toMatch(/opencode-1\.18\s+✗ breaks/)
})

test('without clients nothing is said of them', () => {
  const silent = buildReport(sampleInput)
  expect(silent.clients).toBeUndefined()
  expect(renderPretty(silent, { palette: plainPalette, width: 80 })).not.toContain('clients  what')
  expect(renderMarkdown(silent)).not.toContain('| client |')
})

test('a client that breaks fails the run', () => {
  const clean = buildReport({ ...sampleInput, judgement: cleanJudgement })
  const withClients = (clients: Report['clients']): Report => ({ ...clean, ...(clients && { clients }) })
  expect([exitCode(clean), exitCode(withClients(report.clients)), exitCode(withClients(report.clients?.slice(1)))]).toEqual([0, 1, 0])
})

test('the report keeps its schema', () => {
  const schema = JSON.parse(readFileSync(new URL('../../schemas/report.json', import.meta.url), 'utf8')) as object
  const validate = createAjv({ strict: false, formats: { 'date-time': true } }).compile(schema)
  expect([validate(JSON.parse(JSON.stringify(report))), validate.errors]).toEqual([true, null])
})
