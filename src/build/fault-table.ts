import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Fault } from '../reference/exchange.ts'
import { faults } from '../reference/faults.ts'
import { accuses, type FaultRow, type FaultTable, needsWords, pooled, rowOf } from '../testing/fault-runs.ts'

const file = fileURLToPath(new URL('../fault-table.json', import.meta.url))
const root = fileURLToPath(new URL('../../', import.meta.url))

/** The row of the default plan, or of more probes where only these show the fault itself. */
const measured = async (fault: Fault): Promise<FaultRow> => {
  const row = await rowOf(fault)
  if (shows(row, fault)) return row
  const suite = row.findings.length === 0 ? await rowOf(fault, 'suite') : undefined
  if (suite && shows(suite, fault)) return suite
  const full = await rowOf(fault, 'full')
  return shows(full, fault) || (row.findings.length === 0 && full.findings.length > 0) ? full : row
}

const shows = ({ findings, notes }: FaultRow, { breaks }: Fault): boolean => accuses(findings, breaks) || notes !== undefined

const known: FaultTable = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as FaultTable) : {}
const pattern = new RegExp(process.argv[2] ?? '')

const rows = await pooled(faults, async (fault): Promise<[string, FaultRow]> => {
  const before = known[fault.name]
  if (before && !pattern.test(fault.name)) return [fault.name, before]
  const { findings, notes, plan } = await measured(fault)
  const row = { ...(plan ? { plan } : {}), findings, ...(notes ? { notes } : {}) }
  const why = needsWords(row, fault.breaks) ? { why: before?.why ?? '' } : {}
  return [fault.name, { ...why, ...row }]
})

writeFileSync(file, `{\n${rows.map(([name, row]) => `${JSON.stringify(name)}: ${JSON.stringify(row)}`).join(',\n')}\n}\n`)
execFileSync('npx', ['biome', 'format', '--write', file], { cwd: root, stdio: 'ignore' })
for (const [name, { why, findings }] of rows)
  if (why === '') console.log(`no words yet for ${name}: ${findings.join(', ') || 'no findings'}`)
