import { expect, test } from 'vitest'
import { buildReport } from '../report/build.ts'
import { buildMatrix } from '../report/matrix.ts'
import { cleanJudgement, sampleCatalog, sampleHeader, sampleInput } from '../testing/report.ts'
import type { Profile } from '../types.ts'
import { renderMatrixMarkdown, renderMatrixPretty } from './matrix.ts'
import { plainPalette } from './palette.ts'

const profile = sampleCatalog.profiles[0] as Profile
const reportOf = (name: string) =>
  buildReport({ ...sampleInput, judgement: cleanJudgement, header: { ...sampleHeader, target: { ...sampleHeader.target, name } } })
const matrix = buildMatrix([reportOf('zeta'), buildReport(sampleInput), { ...reportOf('older'), edition: '2025.2' }], profile)

test('for a page', () => expect(renderMatrixMarkdown(matrix)).toMatchFileSnapshot('__snapshots__/matrix.md'))

test('for a terminal', () =>
  expect(renderMatrixPretty(matrix, { palette: plainPalette, width: 100 })).toMatchFileSnapshot('__snapshots__/matrix.txt'))

test('names of targets are text', () => {
  const evil = buildMatrix([reportOf('a|b\n<i>\u001b[1m')], profile)
  const rows = renderMatrixMarkdown(evil)
    .split('\n')
    .filter((line) => line.startsWith('|'))
  // capabilities have a part besides, observations have none
  for (const row of rows) expect([3, 4]).toContain(row.match(/\|/g)?.length)
  expect(renderMatrixMarkdown(evil)).not.toContain('<i>')
  expect(renderMatrixPretty(evil, { palette: plainPalette, width: 100 })).not.toContain('\u001b')
})
