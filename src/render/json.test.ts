import { expect, test } from 'vitest'
import { buildReport } from '../report/build.ts'
import { sampleInput } from '../testing/report.ts'
import { renderJson } from './json.ts'

test('reads back as the same report', () => {
  const report = buildReport(sampleInput)
  expect(JSON.parse(renderJson(report))).toEqual(report)
})

test('may be printed to a terminal', () => {
  const report = buildReport({ ...sampleInput, reach: ['--model', 'm\u009b31m\u{e0041}'] })
  const text = renderJson(report)
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
  expect(JSON.parse(text)).toEqual(report)
})
