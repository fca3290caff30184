import { expect, test } from 'vitest'
import { cleanJudgement, sampleCatalog, sampleHeader, sampleInput } from '../testing/report.ts'
import type { Profile } from '../types.ts'
import { buildReport } from './build.ts'
import { buildMatrix } from './matrix.ts'

const profile = sampleCatalog.profiles[0] as Profile
const broken = buildReport(sampleInput)
const clean = buildReport({
  ...sampleInput,
  judgement: cleanJudgement,
  header: { ...sampleHeader, target: { ...sampleHeader.target, name: 'zeta' } },
})

test('capabilities by targets, whatever the order of the reports', () => {
  const matrix = buildMatrix([clean, broken], profile)
  expect(matrix).toEqual(buildMatrix([broken, clean], profile))
  expect(matrix.tables).toHaveLength(1)
  expect(matrix.tables[0]?.columns).toMatchObject([
    { target: 'acme', model: 'qwen3-8b', core: 'failure' },
    { target: 'zeta', model: 'qwen3-8b', core: 'success' },
  ])
  expect(matrix.tables[0]?.rows.find(({ capability }) => capability === 'errors')).toMatchObject({
    part: 'core',
    cells: [{ support: 'broken', findings: [{ id: '0b5c22d1', requirement: 'errors.envelope' }, { id: 'c41d9e07' }] }, { support: 'full' }],
  })
})

test('reports of other suites or another edition do not share a table', () => {
  const otherSuites = { ...clean, suites: { ...clean.suites, chat: `sha256:${'1'.repeat(64)}` } }
  const older = { ...clean, edition: '2025.2' }
  const { tables } = buildMatrix([older, otherSuites, clean, broken], profile)
  expect(tables.map(({ edition, columns }) => [edition, columns.length])).toEqual([
    ['2026.1', 2],
    ['2026.1', 1],
    ['2025.2', 1],
  ])
})

test('the order of the suites in a file does not matter', () => {
  const turned = { ...clean, suites: Object.fromEntries(Object.entries(clean.suites).reverse()) }
  expect(buildMatrix([turned, broken], profile).tables).toHaveLength(1)
})

test('a report without the profile or a capability is still a column', () => {
  const bare = { ...clean, profiles: [], capabilities: [] }
  expect(buildMatrix([bare], profile).tables[0]).toMatchObject({
    columns: [{ target: 'zeta' }],
    rows: profile.core.concat(profile.extended).map(() => ({ cells: [{ support: 'unknown', reason: 'not in this report' }] })),
  })
})
