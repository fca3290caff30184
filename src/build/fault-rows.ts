import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { faults } from '../reference/faults.ts'
import { type FaultRow, type FaultTable, pooled, rowOf } from '../testing/fault-runs.ts'

// Runs every fault as its row in the table says, and prints what is seen. In processes of their own, because all the
// runs together keep one busy for a minute, and the test that compares the rows has two cores.

const here = fileURLToPath(import.meta.url)
const bundle = here.replace(/src[/\\]build[/\\](.+)\.ts$/, 'node_modules/.cache/wirecheck/$1.mjs')
const parts = 2

const known = JSON.parse(readFileSync(here.replace(/build[/\\][^/\\]+$/, 'fault-table.json'), 'utf8')) as FaultTable

const rowsOf = async (part: number): Promise<FaultTable> => {
  const own = faults.filter((_, index) => index % parts === part)
  const rows = await pooled(own, async (fault): Promise<[string, FaultRow]> => [fault.name, await rowOf(fault, known[fault.name]?.plan)])
  return Object.fromEntries(rows)
}

const inChild = (part: number): Promise<FaultTable> =>
  new Promise((resolve, reject) => {
    const child = fork(bundle, [String(part)])
    child.on('message', (rows) => resolve(rows as FaultTable))
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`part ${part} ended with ${code}`)))
  })

if (process.send) {
  const rows = await rowsOf(Number(process.argv[2]))
  process.send(rows, () => process.exit(0))
} else {
  const all = await Promise.all(Array.from({ length: parts }, (_, part) => inChild(part)))
  process.stdout.write(JSON.stringify(Object.assign({}, ...all)))
}
