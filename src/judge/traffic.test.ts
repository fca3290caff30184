import { expect, test } from 'vitest'
import { defineCheck, held, violated } from '../checks/define-check.ts'
import { type ExchangeInput, exchange, probe, requirement, suite, transcript } from '../testing/exchanges.ts'
import type { AnyCheck, Requirement } from '../types.ts'
import { createLiveJudge, isTraffic, withTraffic } from './traffic.ts'

test('traffic is told by its name', () => {
  expect(['proxy/0001', 'proxy/12345'].every(isTraffic)).toBe(true)
  expect(['proxy/001', 'proxy/0001x', 'my-proxy/0001', 'proxy/abcd', 'chat/0001', ''].some(isTraffic)).toBe(false)
})

const own = suite([], [probe()])
const made = (plan: string[], ...probes: string[]) => {
  const base = transcript(
    probes.map((id) => exchange({ probe: id, endpoint: 'GET /models' })),
    [],
  )
  return { ...base, header: { ...base.header, plan } }
}

test('a transcript of traffic gets the suite and the plan that nobody made', () => {
  const given = made([], 'proxy/0001', 'other', 'proxy/0002')
  const { suites, transcript: judged } = withTraffic([own], given)
  const asProbe = (id: string) => ({
    id,
    title: 'GET /models',
    capability: '',
    attempts: 1,
    baseline: false,
    extra: true,
    requires: [],
    whole: [],
    steps: [{ endpoint: 'GET /models', auth: 'target', headers: [], expect: [], capture: {}, read: {} }],
    origin: { file: '', line: 0 },
  })
  expect(suites).toEqual([
    own,
    { id: 'proxy', title: 'Recorded traffic', file: '', digest: '', requirements: [], probes: ['proxy/0001', 'proxy/0002'].map(asProbe) },
  ])
  expect(judged).toEqual({ ...given, header: { ...given.header, plan: ['proxy/0001', 'proxy/0002'] } })
})

test('what has a plan, or no traffic, is handed back', () => {
  for (const given of [made(['s/p'], 'proxy/0001'), made([], 'other'), made([])]) {
    const suites = [own]
    const result = withTraffic(suites, given)
    expect(result.suites).toBe(suites)
    expect(result.transcript).toBe(given)
  }
})

const check = (id: string, over: AnyCheck['over']): AnyCheck =>
  defineCheck({
    id,
    summary: id,
    codes: ['bad'],
    needs: 'any',
    over,
    judge: ([{ json }]) => ((json as { ok?: true }).ok ? held(1) : violated({ code: 'bad', at: { in: 'end' } })),
  })
const rule = (id: string, by: string, rest: Partial<Requirement> = {}) =>
  requirement({ id, check: { id: by, args: undefined }, when: {}, ...rest })

test('exchanges are judged as they end, by what a single one can decide, with what was learnt before', () => {
  const rules = [
    rule('one', 'exchange'),
    rule('tools', 'exchange', { requires: ['tools'] }),
    rule('missed', 'exchange', { tolerate: { of: 3, need: 2 } }),
    rule('steps', 'probe'),
    rule('all', 'run'),
    rule('gone', 'no such check'),
  ]
  const checks = new Map((['exchange', 'probe', 'run'] as const).map((over) => [over, check(over, over)]))
  const live = createLiveJudge({ suites: [suite(rules, [])], checks, shapeOf: () => [] })
  const found = (input: ExchangeInput) => live(exchange({ probe: 'proxy/0001', ...input })).map(({ requirement: id }) => id)
  expect(found({ body: {} })).toEqual(['one'])
  expect(found({ body: { ok: true }, request: { tools: [{}] } })).toEqual([])
  expect(found({ body: {} })).toEqual(['one', 'tools'])
  expect(found({ failure: 'ECONNRESET' })).toEqual([])
})
