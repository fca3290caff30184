import { expect, test } from 'vitest'
import { cleanJudgement, sampleJudgement, sampleProbe, sampleSuites } from '../testing/report.ts'
import type { Judgement } from '../types.ts'
import { applyBaseline } from './baseline.ts'

const reason = 'tracked upstream'
const summary = (entries: Parameters<typeof applyBaseline>[0], judgement: Judgement, complete = true) =>
  applyBaseline(entries, judgement, sampleSuites, complete).summary

test('a finding or a whole requirement is known while it fails', () => {
  const applied = applyBaseline(
    [
      { id: '7c1e90aa', reason },
      { id: 'errors.model-code', reason: 'by design' },
    ],
    sampleJudgement,
    sampleSuites,
    true,
  )
  expect(applied.summary).toEqual({ known: ['7c1e90aa', 'errors.model-code'], stale: [], unobserved: [] })
  expect([...applied.reasons]).toEqual([
    ['7c1e90aa', reason],
    ['c41d9e07', 'by design'],
  ])
})

test('a requirement that held is stale; one that was not seen is unobserved', () => {
  expect(summary([{ id: 'stream.done-sentinel', reason }], sampleJudgement).stale).toEqual(['stream.done-sentinel'])
  expect(summary([{ id: 'params.stop', reason }], sampleJudgement).unobserved).toEqual(['params.stop'])
  expect(summary([{ id: 'no.such-requirement', reason }], sampleJudgement).unobserved).toEqual(['no.such-requirement'])
})

test('a finding that is gone is stale when its requirement was seen', () => {
  const entry = { id: 'ffffffff', reason, requirement: 'stream.done-sentinel' }
  expect(summary([entry], sampleJudgement).stale).toEqual(['ffffffff'])
  expect(summary([{ ...entry, requirement: 'params.stop' }], sampleJudgement).unobserved).toEqual(['ffffffff'])
})

test('another finding of the same requirement does not keep an entry alive', () =>
  expect(summary([{ id: 'ffffffff', reason, requirement: 'errors.envelope' }], sampleJudgement).stale).toEqual(['ffffffff']))

test('without its requirement, only a whole run can call a finding stale', () => {
  const entry = { id: 'ffffffff', reason }
  expect(summary([entry], cleanJudgement).stale).toEqual(['ffffffff'])
  expect(summary([entry], cleanJudgement, false).unobserved).toEqual(['ffffffff'])
  expect(summary([entry], sampleJudgement).unobserved).toEqual(['ffffffff'])
  const left = { ...cleanJudgement, probes: cleanJudgement.probes.slice(1) }
  expect(summary([entry], left).unobserved).toEqual(['ffffffff'])
})

test('extra probes are not missed', () => {
  const [first, ...rest] = sampleSuites
  const extra = sampleProbe('models/extra', 'models', 'GET /models', [], { extra: true })
  const suites = first ? [{ ...first, probes: [...first.probes, extra] }, ...rest] : []
  expect(applyBaseline([{ id: 'ffffffff', reason }], cleanJudgement, suites, true).summary.stale).toEqual(['ffffffff'])
})
