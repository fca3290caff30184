import { expect, test } from 'vitest'
import type { ClientApi, ClientOutcome, ClientReplay, ClientResult, Finding } from '../types.ts'
import { clientReports } from './clients.ts'

const outcome = (result: ClientResult, probe = 's/p', api: ClientApi = 'chat', more: Partial<ClientOutcome> = {}) => ({
  api,
  result,
  symptom: 'loops',
  sees: 'the same again',
  evidence: { probe, attempt: 1, step: 0 },
  ...more,
})

const replayed = (outcomes: ClientReplay['outcomes'], prefers?: ClientApi): ClientReplay => ({
  client: 'c',
  packages: { p: '1.0.0' },
  ...(prefers === undefined ? {} : { prefers }),
  replayed: {
    chat: outcomes.filter(({ api }) => api === 'chat').length,
    responses: outcomes.filter(({ api }) => api === 'responses').length,
  },
  outcomes,
})

const finding = (probe: string, more: Partial<Finding> = {}): Finding => ({
  id: '00000001',
  requirement: 'stream.done-sentinel',
  level: 'must',
  code: 'missing',
  capability: 'streaming',
  witnesses: [{ probe, attempt: 1, step: 0, at: { in: 'status' }, excerpt: '' }],
  seen: 1,
  probes: [probe],
  ...more,
})

const one = (outcomes: ClientReplay['outcomes'], findings: readonly Finding[] = [], prefers?: ClientApi) => {
  const [report] = clientReports([replayed(outcomes, prefers)], findings)
  if (!report) throw new Error('one replay gives one report')
  return report
}

test('a client is as good as its worst exchange', () => {
  expect(one([outcome('works'), outcome('degraded')]).result).toBe('degraded')
  expect(one([outcome('works'), outcome('breaks'), outcome('degraded')]).result).toBe('breaks')
  expect(one([outcome('works'), outcome('unknown')]).result).toBe('works')
  expect(one([outcome('unknown')]).result).toBe('unknown')
  expect(one([]).result).toBe('unknown')
})

test('of a client that prefers an API only that one counts, as long as it was tried', () => {
  const outcomes = [outcome('works'), outcome('breaks', 's/r', 'responses')]
  expect(one(outcomes, [], 'chat')).toMatchObject({ result: 'works', apis: { chat: 'works', responses: 'breaks' } })
  expect(one(outcomes).result).toBe('breaks')
  expect(one(outcomes.slice(1), [], 'chat').result).toBe('breaks')
})

test('a failure is explained by a finding on the same exchange', () => {
  const broken = [outcome('breaks')]
  expect(one(broken, [finding('s/p')]).troubles[0]).toMatchObject({ findings: ['00000001'], unexplained: false })
  expect(one(broken, [finding('s/other')])).toMatchObject({ unexplained: 1 })
  expect(one(broken, [finding('s/p', { level: 'may' })])).toMatchObject({ unexplained: 1 })
  const elsewhere = finding('s/other', { seen: 9, probes: ['s/other', 's/p'] })
  expect(one(broken, [elsewhere])).toMatchObject({ unexplained: 0 })
})

test('a refusal explains itself, and a lesser trouble needs no explanation', () => {
  expect(one([outcome('breaks', 's/p', 'chat', { refused: true }), outcome('degraded')])).toMatchObject({ unexplained: 0 })
})

test('what works is not listed, and the worst comes first', () => {
  const { troubles } = one([outcome('works'), outcome('degraded'), outcome('breaks')])
  expect(troubles.map(({ result }) => result)).toEqual(['breaks', 'degraded'])
})
