import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { buildReport } from '../report/build.ts'
import { sampleInput } from '../testing/report.ts'
import type { Report } from '../types.ts'
import { explain } from './commands/explain.ts'
import { matrix } from './commands/matrix.ts'
import { CliError } from './exit-code.ts'
import { readReport } from './read-report.ts'
import { paletteOf, type Terminal } from './terminal.ts'

const folder = mkdtempSync(join(tmpdir(), 'wirecheck-report-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = join(folder, 'report.json')
const given = (text: unknown): string => {
  writeFileSync(file, typeof text === 'string' ? text : JSON.stringify(text))
  return file
}
const report: Report = JSON.parse(JSON.stringify(buildReport(sampleInput)))
const terminal = (): { terminal: Terminal; told: () => string } => {
  let text = ''
  const out = (more: string): void => {
    text += more
  }
  return { terminal: { out, err: out, palette: paletteOf(0), width: 100, live: false }, told: () => text }
}
const [finding] = report.findings
if (!finding) throw new Error('the sample has no finding')

test('a report is read as it is, with what a later version adds', () => {
  expect(readReport(given(report))).toEqual(report)
  const later = { ...report, later: 1, run: { ...report.run, later: 1 } }
  expect(readReport(given(later))).toEqual(later)
})

test.each<[string, unknown, string]>([
  ['no JSON', '{"format":1', 'it is no JSON'],
  ['null', 'null', 'it is no report of wirecheck'],
  ['a list', '[]', 'it is no report of wirecheck'],
  ['a word', '"report"', 'it is no report of wirecheck'],
  ['of another tool', { format: 1, tool: { name: 'other' } }, 'it is no report of wirecheck'],
  ['of another format', { ...report, format: 2 }, 'it is no report of format 1'],
  ['a head alone', { format: 1, tool: report.tool }, 'it is no whole report: /$schema is not present'],
  ['findings that are none', { ...report, findings: [{}] }, 'it is no whole report: /findings/0/'],
  ['capabilities that are an object', { ...report, capabilities: {} }, 'it is no whole report: /capabilities is not array'],
  ['a finding without witnesses', { ...report, findings: [{ ...finding, witnesses: [] }] }, '/findings/0/witnesses is not >= 1'],
])('%s: told in one line', (_, text, why) => {
  const told = (() => {
    try {
      return readReport(given(text))
    } catch (error) {
      return error
    }
  })()
  expect(told).toBeInstanceOf(CliError)
  expect(told).toMatchObject({ exitCode: 2, message: expect.stringContaining(why) })
  expect((told as CliError).message).toMatch(/^[^\n]+$/)
})

test('both commands read reports so', async () => {
  const cut = given({ format: 1, tool: report.tool })
  const wanted = { exitCode: 2, message: expect.stringContaining('it is no whole report') }
  await expect(explain({ id: '00000001', report: cut }, terminal().terminal)).rejects.toMatchObject(wanted)
  await expect(matrix({ report: [cut] }, terminal().terminal)).rejects.toMatchObject(wanted)
})

test('what cannot be read', () => {
  expect(() => readReport(join(folder, 'nowhere.json'))).toThrow(/ cannot be used: ENOENT/)
  expect(() => readReport(folder)).toThrow(/ cannot be used: EISDIR/)
})

test('a transcript that is none is told of in one line too', async () => {
  const other = join(folder, 'transcript.jsonl')
  writeFileSync(other, 'no transcript\n')
  const own = given({ ...report, run: { ...report.run, transcript: other } })
  await expect(explain({ id: finding.id, curl: true, report: own }, terminal().terminal)).rejects.toThrow(
    /transcript\.jsonl cannot be used: /,
  )
})

test('nothing of a report reaches the terminal as it is', async () => {
  const red = '\u001b[31m'
  const { terminal: screen, told } = terminal()
  const odd = {
    ...finding,
    text: `${red}text`,
    code: `${red}code`,
    again: { run: `${red}run` },
    sources: [{ title: `${red}title` }],
  }
  expect(await explain({ id: finding.id, report: given({ ...report, findings: [odd] }) }, screen)).toBe(0)
  expect(told()).not.toContain(red)
  expect(told()).toContain('␛[31mtext')
})
