import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { judge, load, loadTarget, plan as makePlan, record, report } from '../index.ts'
import type { TargetInput } from '../target/load.ts'
import type { FindingReport, Report } from '../types.ts'

export const builtins = load()

export interface RunOptions extends Omit<TargetInput, 'apiKey'> {
  readonly key?: string
  readonly selectors?: readonly string[]
  readonly profiles?: readonly string[]
}

/** Records, judges and reports a server on loopback, as the command does, and leaves nothing behind. */
export const runAgainst = async ({ key, selectors = [], profiles = [], ...input }: RunOptions): Promise<Report> => {
  const folder = mkdtempSync(join(tmpdir(), 'wirecheck-test-'))
  try {
    const { target } = loadTarget({ jobs: 8, ...input, ...(key === undefined ? {} : { apiKey: { env: 'KEY' } }) }, { KEY: key })
    const plan = makePlan({ suites: builtins.suites, selectors, profiles, catalog: builtins.catalog })
    const transcript = await record({ builtins, plan, target, file: join(folder, 'transcript.jsonl') })
    return report(builtins, transcript, judge(builtins, transcript))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A finding in one line: `must stream.done-sentinel missing`. */
export const findingLine = ({ level, requirement, code }: FindingReport): string => `${level} ${requirement} ${code}`

/** The findings that accuse, sorted; notes are left out. */
export const accusations = (report: Report): string[] =>
  [...new Set(report.findings.filter(({ level }) => level !== 'may').map(findingLine))].sort()
