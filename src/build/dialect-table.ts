import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { dialects } from '../reference/dialects.ts'
import { caseName, casesOf, type DialectRow, type DialectTable, dialectRow } from '../testing/dialect-runs.ts'
import { pooled } from '../testing/fault-runs.ts'

// Writes what the runs against the dialects give. The argument picks dialects; the rows of the others stay.

const file = fileURLToPath(new URL('../dialect-table.json', import.meta.url))
const root = fileURLToPath(new URL('../../', import.meta.url))
const known: DialectTable = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DialectTable) : {}
const pattern = new RegExp(process.argv[2] ?? '')

const cases = dialects.flatMap(casesOf)
const rows = await pooled(cases, async (one): Promise<DialectRow> => {
  const before = known[one.dialect.name]?.[caseName(one)]
  return before && !pattern.test(one.dialect.name) ? before : await dialectRow(one)
})

const table: Record<string, Record<string, DialectRow>> = {}
for (const [index, one] of cases.entries()) {
  table[one.dialect.name] ??= {}
  Object.assign(table[one.dialect.name] as object, { [caseName(one)]: rows[index] })
}
writeFileSync(file, `${JSON.stringify(table, null, 2)}\n`)
execFileSync('npx', ['biome', 'format', '--write', file], { cwd: root, stdio: 'ignore' })
for (const [index, one] of cases.entries()) console.log(`${one.dialect.name} ${caseName(one)}: ${rows[index]?.findings.length}`)
