import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { faults } from './reference/faults.ts'
import { variants } from './reference/variants.ts'
import { accuses, type FaultRow, type FaultTable, needsWords, pooled, runBent } from './testing/fault-runs.ts'
import { accusations } from './testing/run.ts'
import type { Report } from './types.ts'

const table = JSON.parse(readFileSync(new URL('./fault-table.json', import.meta.url), 'utf8')) as FaultTable
const script = fileURLToPath(new URL('./build/run.mjs', import.meta.url))
const rows = faults.map((fault) => ({ name: fault.name, fault, row: table[fault.name] }))

/** Probes of a correct endpoint that end without an answer, and why that is right. */
const undecided: Readonly<Record<string, string>> = {
  'transport/incremental': 'the answer is too quick to tell whether it was held back',
  'limits/at-once': 'requests go one after the other here',
  'limits/streams-at-once': 'requests go one after the other here',
  'chat-params/logprobs[json]': 'thoughts may have entries of their own',
  'chat-params/logprobs[stream]': 'thoughts may have entries of their own',
}

const endings = ({ probes }: Report) =>
  probes.filter(({ verdict }) => verdict === 'error' || verdict === 'inconclusive').map(({ probe, verdict }) => `${probe} ${verdict}`)

describe('the correct endpoint', () => {
  const runs = ['reference', 'reference-thinking'].flatMap((model) => [undefined, 'full' as const].map((profile) => ({ model, profile })))
  test.each(runs)('$model, profile $profile', async ({ model, profile }) => {
    const report = await runBent(undefined, profile, model)
    expect(accusations(report)).toEqual([])
    expect(report.harness).toEqual([])
    expect(endings(report).filter((ending) => undecided[ending.replace(/ inconclusive$/, '')] === undefined)).toEqual([])
  })
})

describe('legal variants', () => {
  let reports: ReadonlyMap<string, Report>
  beforeAll(async () => {
    const answers = await pooled(variants, (variant) => runBent(variant))
    reports = new Map(variants.map(({ name }, index) => [name, answers[index] as Report]))
  }, 300_000)
  test.each(variants.map(({ name }) => name))('%s', (name) => {
    const report = reports.get(name) as Report
    expect(accusations(report)).toEqual([])
    expect(report.harness).toEqual([])
  })
})

describe('faults', () => {
  test('each has a row, and each row a fault', () => {
    expect(Object.keys(table).sort()).toEqual(faults.map(({ name }) => name).sort())
  })

  test('a row says why, where it is not plain', () => {
    const silent = rows.filter(({ row, fault }) => row && needsWords(row, fault.breaks) && !row.why)
    expect(silent.map(({ name }) => name)).toEqual([])
  })

  test('the rule that a fault breaks is among its findings, or the row says why not', () => {
    const missed = rows.filter(({ row, fault }) => row && !accuses([...row.findings, ...(row.notes ?? [])], fault.breaks) && !row.why)
    expect(missed.map(({ name }) => name)).toEqual([])
  })

  let seen: FaultTable
  beforeAll(async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [script, 'fault-rows'], { maxBuffer: 1 << 24 })
    seen = JSON.parse(stdout) as FaultTable
  }, 600_000)
  test.each(rows)('$name', ({ name, row }) => {
    const { why: _, ...expected } = row as FaultRow
    expect(seen[name]).toEqual(expected)
  })
})
