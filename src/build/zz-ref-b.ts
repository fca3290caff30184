import { faults } from '/work/main/src/reference/faults.ts'
import { variants } from '/work/main/src/reference/variants.ts'
import { startReference } from '/work/main/src/reference/server.ts'
import { runAgainst, findingLine } from '/work/main/src/testing/run.ts'
import { writeFileSync } from 'node:fs'
const [mode, pattern = '', profile = ''] = process.argv.slice(2)
const profiles = profile ? [profile] : []
const t0 = performance.now()
const list: any[] = (mode === 'variants' ? [...variants] : mode === 'clean' ? [{ name: '', breaks: '' }] : [...faults]).filter((f: any) => !pattern || new RegExp(pattern).test(f.name))
let ok = 0, missed = 0, extra = 0; const rows: string[] = []; const table: any = {}
const work = async () => { for (let f = list.shift(); f; f = list.shift()) {
  const key = f.name === 'any-key-refused-when-open' ? undefined : 'sk-reference-123456'
  const server = await startReference({ ...(key ? { key } : {}), faults: f.name ? [f.name] : [] })
  try {
    const r = await runAgainst({ baseUrl: server.url, model: f.model ?? 'reference', ...(key ? { key } : {}), profiles, timeoutIdleMs: 6000, timeoutHeadersMs: 6000 } as never)
    const lines = r.findings.map(findingLine)
    const found = new Set(r.findings.filter(x => x.level !== 'may').map(x => x.requirement))
    const notes = new Set(r.findings.filter(x => x.level === 'may').map(x => x.requirement))
    const breaks = [f.breaks].flat()
    const named = breaks.some((id: string) => found.has(id) || notes.has(id))
    const others = [...found].filter(id => !breaks.includes(id))
    if (named) ok++; else missed++
    if (others.length) extra++
    table[f.name] = { breaks, lines }
    const odd = r.probes.filter(p => !['pass', 'skipped', 'fail', 'warn'].includes(p.verdict)).map(p => p.probe + ' ' + p.verdict + ' ' + p.reason)
    rows.push(`${mode === 'faults' ? named ? 'ok    ' : 'MISSED' : found.size ? 'ACCUSED' : 'clean'} ${f.name.padEnd(34)} wants ${breaks.join(',')}${others.length ? '   ALSO ' + others.join(',') : ''}${r.harness.length ? ' HARNESS ' + r.harness[0]!.check + r.harness[0]!.message : ''}${mode !== 'faults' ? odd.join('; ') + ' notes ' + [...notes].join(',') : ''}`)
  } finally { await server.close() }
} }
await Promise.all([work(), work(), work(), work()])
console.log(rows.sort().join('\n')); console.log({ ok, missed, extra, seconds: (performance.now() - t0) / 1000, cpu: process.cpuUsage().user / 1e6 })
if (mode === 'faults') writeFileSync('/tmp/b-table-full.json', JSON.stringify(table, null, 1))
process.exit(0)
