import { expect, test } from 'vitest'
import { cleanJudgement, sampleInput, sampleJudgement } from '../testing/report.ts'
import type { Judgement } from '../types.ts'
import { buildReport, type ReportInput } from './build.ts'
import { exitCode } from './exit.ts'

const report = (judgement: Judgement, more: Partial<ReportInput> = {}) => buildReport({ ...sampleInput, judgement, ...more })
const clean = report(cleanJudgement)
const reason = 'tracked upstream'
const known = ['errors.envelope', 'stream.usage-last'].map((id) => ({ id, reason }))
const fault = { check: 'c', requirement: 'r', probe: 'p', message: 'm' }
const errored: Judgement = {
  ...cleanJudgement,
  probes: cleanJudgement.probes.map((probe, index) => (index === 0 ? { ...probe, verdict: 'error' } : probe)),
}

test('nothing wrong is 0', () => expect(exitCode(clean)).toBe(0))

test('a MUST is 1; what is excused is not', () => {
  expect(exitCode(report(sampleJudgement))).toBe(1)
  expect(exitCode(report(sampleJudgement, { baseline: known }))).toBe(0)
})

test('the level that fails can be lowered', () => {
  const excused = report(sampleJudgement, { baseline: known })
  expect([exitCode(excused, { failOn: 'should' }), exitCode(excused, { failOn: 'may' })]).toEqual([1, 1])
  const noShould = report(sampleJudgement, { baseline: [...known, { id: 'errors.model-code', reason }] })
  expect([exitCode(noShould, { failOn: 'should' }), exitCode(noShould, { failOn: 'may' })]).toEqual([0, 1])
})

test('a stale entry is 1, an unobserved one is not', () => {
  expect(exitCode(report(cleanJudgement, { baseline: [{ id: 'stream.usage-last', reason }] }))).toBe(1)
  expect(exitCode(report(cleanJudgement, { baseline: [{ id: 'no.such', reason }] }))).toBe(0)
})

test('a failed core counts only for a profile that was asked for', () => {
  expect([exitCode(clean), exitCode(clean, { profiles: ['chat'] }), exitCode(clean, { profiles: ['responses'] })]).toEqual([0, 0, 1])
})

test('a core that is broken by nothing but known findings is excused', () =>
  expect(exitCode(report(sampleJudgement, { baseline: known }), { profiles: ['chat'] })).toBe(0))

test('no answer is 3, and so is an endpoint that was asked in vain', () => {
  expect(exitCode(report(errored))).toBe(3)
  const endpoints = [{ endpoint: 'POST /chat/completions' as const, presence: 'untestable' as const, reason: 'answered 404' }]
  expect(exitCode(report({ ...cleanJudgement, endpoints }))).toBe(3)
  expect(exitCode(report({ ...cleanJudgement, probes: [] }))).toBe(3)
})

test('inconclusive is 0, or 3 when strict', () => {
  const excused = report(sampleJudgement, { baseline: known })
  expect([exitCode(excused), exitCode(excused, { strict: true })]).toEqual([0, 3])
  expect(exitCode(clean, { strict: true })).toBe(0)
})

test('where nothing was decided, what did not run makes it 3', () => {
  const probes = (...verdicts: ('inconclusive' | 'skipped' | 'pass')[]) => {
    const [one] = cleanJudgement.probes
    if (!one) throw new Error('no probe')
    return report({ ...cleanJudgement, probes: verdicts.map((verdict) => ({ ...one, verdict })) })
  }
  expect(exitCode(probes('inconclusive', 'skipped', 'skipped'))).toBe(3)
  expect(exitCode(probes('skipped'))).toBe(3)
  expect(exitCode(probes('inconclusive', 'inconclusive'))).toBe(0)
  expect(exitCode(probes('pass', 'inconclusive', 'skipped'))).toBe(0)
})

test('our own defect comes first, then the findings, then what could not be reached', () => {
  expect(exitCode(report({ ...sampleJudgement, harness: [fault] }))).toBe(4)
  expect(exitCode(report({ ...errored, findings: sampleJudgement.findings }))).toBe(1)
})
