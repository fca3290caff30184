import { expect, test } from 'vitest'
import { buildReport, type ReportInput } from '../report/build.ts'
import { cleanJudgement, sampleHeader, sampleInput, sampleJudgement } from '../testing/report.ts'
import type { Palette } from '../types.ts'
import { plainPalette } from './palette.ts'
import { type PrettyOptions, renderPretty } from './pretty.ts'
import { stringWidth } from './width.ts'

const pretty = (more: Partial<ReportInput> = {}, options: Partial<PrettyOptions> = {}) =>
  renderPretty(buildReport({ ...sampleInput, ...more }), { palette: plainPalette, width: 100, ...options })

const titles = { models: 'Model list and lookup', errors: 'Requests that must be refused', chat: 'Plain chat completions' }

test('a run with a little of everything', () => expect(pretty({}, { titles })).toMatchFileSnapshot('__snapshots__/pretty.txt'))

test('every detail', () => expect(pretty({}, { verbose: true, titles })).toMatchFileSnapshot('__snapshots__/pretty-verbose.txt'))

test('nothing wrong', () => expect(pretty({ judgement: cleanJudgement })).toMatchFileSnapshot('__snapshots__/pretty-clean.txt'))

test('a defect of ours, an interrupted run, a baseline', () => {
  const { footer: _, ...interrupted } = sampleInput
  const judgement = {
    ...sampleJudgement,
    probes: sampleJudgement.probes.slice(0, 9),
    harness: [
      {
        check: 'usage-last',
        requirement: 'stream.usage-last',
        probe: 'chat-stream/usage',
        message: "Cannot read properties of undefined (reading 'index')",
      },
    ],
  }
  const baseline = [
    { id: 'errors.envelope', reason: 'tracked upstream as #412' },
    { id: 'stream.done-sentinel', reason: 'was missing in 1.3' },
    { id: 'params.stop', reason: 'never stops' },
  ]
  const header = { ...sampleHeader, target: { ...sampleHeader.target, insecure: true, simulated: true } }
  const report = buildReport({ ...interrupted, judgement, baseline, header })
  return expect(renderPretty(report, { palette: plainPalette, width: 80 })).toMatchFileSnapshot('__snapshots__/pretty-trouble.txt')
})

test('lines fit the terminal; only commands are longer', () => {
  for (const width of [80, 100, 120]) {
    const lines = pretty({}, { width }).split('\n')
    const long = lines.filter((line) => stringWidth(line) > width && !/^ +=|^ +\|/.test(line))
    expect(long.filter((line) => !/-->|MUST|tokens in|must,/.test(line))).toEqual([])
    expect(lines.filter((line) => line !== line.trimEnd())).toEqual([])
  }
})

test('nothing that an endpoint sent reaches the terminal as it is', () => {
  const evil = '\u001b]0;pwned\u0007\u202e\r\n'
  const probes = sampleJudgement.probes.map((probe) => ({ ...probe, title: evil, ...(probe.reason && { reason: evil }) }))
  const findings = sampleJudgement.findings.map((finding) => ({ ...finding, actual: evil, expected: evil }))
  const header = { ...sampleHeader, target: { ...sampleHeader.target, url: evil, models: { chat: evil } } }
  const harness = [{ check: evil, requirement: evil, probe: evil, message: evil }]
  const text = pretty(
    { header, judgement: { ...sampleJudgement, probes, findings, harness }, reach: [evil, evil], files: [evil], reportFile: evil },
    { verbose: true },
  )
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
})

test('colour changes no column', () => {
  const paint = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`
  const palette: Palette = { bold: paint(1), dim: paint(2), red: paint(31), green: paint(32), yellow: paint(33), cyan: paint(36) }
  expect(pretty({}, { palette }).replace(/\u001b\[\d+m/g, '')).toBe(pretty())
})

test('many refusals with one reason are one line; failures never fold', () => {
  const many = (verdict: 'unsupported' | 'fail') =>
    Array.from({ length: 8 }, (_, index) => ({
      probe: `x/p${index}`,
      title: 'title',
      capability: 'chat',
      verdict,
      reason: 'POST /x is absent',
      attempts: 0,
      requests: 0,
      durationMs: 0,
      requirements: {},
      findings: [],
    }))
  const lines = (verdict: 'unsupported' | 'fail') => pretty({ judgement: { ...cleanJudgement, probes: many(verdict) } })
  expect(lines('unsupported')).toContain('– 8 probes  POST /x is absent')
  expect(lines('fail').match(/✗ p\d/g)).toHaveLength(8)
})
