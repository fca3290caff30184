import { expect, test } from 'vitest'
import { defineCheck, held, unobserved, violated } from '../checks/define-check.ts'
import { type ExchangeInput, exchange, probe, requirement, suite, transcript } from '../testing/exchanges.ts'
import type { AnyCheck, Probe, Requirement, Trait } from '../types.ts'
import { judge } from './judge.ts'

/** Says what the body says: `{"say": "held" | "violated" | "unobserved" | "throw"}`. */
const echo = (id: string, over: AnyCheck['over'], needs: 'complete' | 'any' = 'any') =>
  defineCheck({
    id,
    summary: id,
    codes: ['bad'],
    needs,
    over,
    judge(views) {
      const words = views.map(({ json, response }) => (json as { say?: string } | undefined)?.say ?? String(response.status))
      if (words.includes('throw')) throw new TypeError('ouch')
      if (words.includes('violated')) return violated({ code: 'bad', at: { in: 'body', pointer: '/say' }, view: words.indexOf('violated') })
      return words.includes('held') ? held(words.length) : unobserved('nothing said')
    },
  })

const checks = new Map<string, AnyCheck>(
  [
    echo('echo', 'exchange'),
    echo('whole', 'exchange', 'complete'),
    echo('steps', 'probe'),
    echo('at-once', 'copies'),
    echo('all', 'run'),
  ].map((check: AnyCheck) => [check.id, check]),
)
const rule = requirement({ id: 'r', check: { id: 'echo', args: undefined } })

const judged = (
  requirements: readonly Requirement[],
  probes: readonly Probe[],
  inputs: readonly ExchangeInput[],
  traits: readonly Trait[] = [],
) => judge({ suites: [suite(requirements, probes)], checks, shapeOf: () => [] }, transcript(inputs.map(exchange), probes, traits))

const verdict = (inputs: readonly ExchangeInput[], rules = [rule], probes = [probe({ expect: ['r'] })]) =>
  judged(rules, probes, inputs).probes[0]?.verdict

test('what is expected decides the verdict', () => {
  expect(verdict([{ body: { say: 'held' } }])).toBe('pass')
  expect(verdict([{ body: { say: 'violated' } }])).toBe('fail')
  expect(verdict([{ body: {} }])).toBe('inconclusive')
})

test('a later attempt can still show what was not seen; a violation stays', () => {
  expect(verdict([{ body: {} }, { attempt: 2, body: { say: 'held' } }])).toBe('pass')
  expect(verdict([{ body: { say: 'violated' } }, { attempt: 2, body: { say: 'held' } }])).toBe('fail')
})

test('only the last try of a paced request counts', () => {
  expect(
    verdict([
      { status: 429, body: { say: 'violated' } },
      { try: 2, body: { say: 'held' } },
    ]),
  ).toBe('pass')
})

test('no response, no key, no patience: error, not failure', () => {
  expect(verdict([{ failure: 'ECONNREFUSED' }])).toBe('error')
  expect(verdict([{ status: 401, body: {} }])).toBe('error')
  expect(verdict([{ status: 429, body: {} }])).toBe('error')
})

test('an honest refusal is unsupported, whatever its body looks like; of a broken request it is not', () => {
  const refusal = { status: 400, body: { error: { message: 'no such thing' } } }
  expect(verdict([refusal])).toBe('unsupported')
  expect(verdict([{ status: 400, body: {} }])).toBe('unsupported')
  expect(verdict([{ status: 500, body: {} }])).toBe('inconclusive')
  expect(verdict([refusal], [rule], [probe({ expect: ['r'], breaks: 'messages' })])).toBe('inconclusive')
})

test('a check that needs the whole body is not asked about a cut one', () => {
  const whole = requirement({ id: 'r', check: { id: 'whole', args: undefined } })
  expect(verdict([{ body: { say: 'violated' }, end: 'truncated' }], [whole])).toBe('inconclusive')
})

test('a check that throws is our defect, and says which', () => {
  const { probes, harness, findings } = judged([rule], [probe({ expect: ['r'] })], [{ body: { say: 'throw' } }])
  expect(probes[0]?.verdict).toBe('error')
  expect(harness).toEqual([{ check: 'echo', requirement: 'r', probe: 's/p', message: 'TypeError: ouch' }])
  expect(findings).toEqual([])
})

test('ambient: judged on every match, without touching the verdict of a probe that does not expect it', () => {
  const ambient = requirement({ id: 'a', check: { id: 'echo', args: undefined }, when: { status: ['2xx'] } })
  const { probes, findings, requirements } = judged(
    [rule, ambient],
    [probe({ expect: ['r'] }), probe({ id: 's/q' })],
    [
      { body: { say: 'held' } },
      { probe: 's/q', body: { say: 'violated' } },
      { probe: 's/q', step: 1, status: 500, body: { say: 'violated' } },
    ],
  )
  expect(probes.map((entry) => entry.verdict)).toEqual(['pass', 'pass'])
  expect(findings.map(({ requirement: id, seen }) => [id, seen])).toEqual([['a', 1]])
  expect(requirements.find(({ id }) => id === 'a')).toMatchObject({ observation: 'violated', judged: 2 })
})

test('one defect is one finding with witnesses', () => {
  const { findings } = judged(
    [rule],
    [probe({ expect: ['r'] }), probe({ id: 's/q', expect: ['r'] })],
    [{ body: { say: 'violated' } }, { attempt: 2, body: { say: 'violated' } }, { probe: 's/q', body: { say: 'violated' } }],
  )
  expect(findings).toHaveLength(1)
  expect(findings[0]?.seen).toBe(3)
  expect(findings[0]?.witnesses[0]?.excerpt).toContain('"say":"violated"')
})

test('over a probe: the steps up to the one that expects it, and the witness is the step that shows it', () => {
  const steps = requirement({ id: 'r', check: { id: 'steps', args: undefined } })
  const two = {
    ...probe(),
    steps: [
      { ...probe().steps[0], expect: [] },
      { ...probe().steps[0], expect: ['r'] },
    ],
  } as unknown as Probe
  const { findings, probes } = judged([steps], [two], [{ body: { say: 'violated' } }, { step: 1, body: { say: 'held' } }])
  expect(probes[0]?.verdict).toBe('fail')
  expect(findings[0]?.witnesses[0]?.step).toBe(0)
})

test('over a run: every exchange that matches, once', () => {
  const all = requirement({ id: 'r', check: { id: 'all', args: undefined }, when: { status: ['2xx'] } })
  const { findings } = judged(
    [all],
    [probe(), probe({ id: 's/q' })],
    [{ body: { say: 'held' } }, { probe: 's/q', body: { say: 'violated' } }],
  )
  expect(findings.map(({ witnesses }) => witnesses[0].probe)).toEqual(['s/q'])
})

test('what a model may miss now and then is no finding until it misses too often', () => {
  const tolerant = requirement({ id: 'r', check: { id: 'echo', args: undefined }, tolerate: { of: 3, need: 2 } })
  const miss = { body: { say: 'violated' } }
  const hit = { body: { say: 'held' } }
  expect(judged([tolerant], [probe({ expect: ['r'] })], [miss, { attempt: 2, ...hit }, { attempt: 3, ...hit }]).findings).toEqual([])
  expect(judged([tolerant], [probe({ expect: ['r'] })], [miss, { attempt: 2, ...miss }, { attempt: 3, ...hit }]).findings).toHaveLength(1)
})

test('traits gate requirements', () => {
  const gated = requirement({ id: 'r', check: { id: 'echo', args: undefined }, requires: ['thinks'] })
  const inputs = [{ body: { say: 'violated' } }]
  expect(judged([gated], [probe({ expect: ['r'] })], inputs).findings).toEqual([])
  expect(judged([gated], [probe({ expect: ['r'] })], inputs, ['thinks']).findings).toHaveLength(1)
})

test('an endpoint that is not there is described, not failed, when another one answers', () => {
  const chat = probe({ id: 's/chat', baseline: true, expect: ['r'] })
  const responses = probe({ id: 's/responses', baseline: true, endpoint: 'POST /responses', expect: ['r'] })
  const later = probe({ id: 's/later', endpoint: 'POST /responses', expect: ['r'] })
  const absent = { probe: 's/responses', endpoint: 'POST /responses' as const, status: 404, body: { say: 'violated' } }
  const both = judged([rule], [chat, responses, later], [{ probe: 's/chat', body: { say: 'held' } }, absent])
  expect(both.probes.map((entry) => entry.verdict)).toEqual(['pass', 'unsupported', 'unsupported'])
  expect(both.findings).toEqual([])
  const none = judged([rule], [chat, responses], [{ probe: 's/chat', failure: 'ECONNREFUSED' }, absent])
  expect(none.endpoints.map(({ presence }) => presence)).toEqual(['untestable', 'untestable'])
})

test('the same transcript gives the same bytes, also after a JSON round trip', () => {
  const probes = [probe({ expect: ['r'] })]
  const inputs = [{ body: { say: 'violated' } }, { attempt: 2, body: {} }]
  const once = JSON.stringify(judged([rule], probes, inputs))
  expect(JSON.stringify(judged([rule], probes, inputs))).toBe(once)
  expect(JSON.stringify(judged(JSON.parse(JSON.stringify([rule])), JSON.parse(JSON.stringify(probes)), inputs))).toBe(once)
})

test('of copies that were sent at once each is judged, by its own steps, and all of a step together', () => {
  const seen: Record<string, number[][]> = { steps: [], copies: [] }
  const look = (over: 'probe' | 'copies') =>
    defineCheck({
      id: over,
      summary: over,
      codes: ['bad'],
      needs: 'any',
      over,
      judge(views) {
        seen[over === 'probe' ? 'steps' : 'copies']?.push(views.map((view) => view.step * 10 + (view.copy ?? 0)))
        return held(1)
      },
    })
  const looking = new Map<string, AnyCheck>(
    [look('probe'), look('copies'), echo('echo', 'exchange')].map((check: AnyCheck) => [check.id, check]),
  )
  const rules = ['probe', 'copies', 'echo'].map((id) => requirement({ id, check: { id, args: undefined } }))
  const base = probe({ expect: ['echo'] })
  const [first] = base.steps
  const own = {
    ...base,
    parallel: 2,
    steps: [
      { ...first, expect: ['echo'] },
      { ...first, expect: ['probe', 'copies'] },
    ],
  } as Probe
  const inputs = [0, 1].flatMap((step) =>
    [1, 2].map((copy) => ({ step, copy, body: { say: step === 0 && copy === 2 ? 'violated' : 'held' } })),
  )
  const { probes, findings } = judge(
    { suites: [suite(rules, [own])], checks: looking, shapeOf: () => [] },
    transcript(inputs.map(exchange), [own]),
  )
  expect(seen.steps).toEqual([
    [1, 11],
    [2, 12],
  ])
  expect(seen.copies).toEqual([[11, 12]])
  expect(probes[0]?.verdict).toBe('fail')
  expect(findings[0]?.witnesses[0]).toMatchObject({ step: 0, copy: 2 })
})

test('a copy that is throttled to the end is an answer; a single request that is, is none', () => {
  const rules = [requirement({ id: 'r', check: { id: 'at-once', args: undefined } })]
  const inputs = [
    { copy: 1, body: { say: 'held' } },
    { copy: 2, try: 1, status: 429 },
    { copy: 2, try: 2, status: 429 },
  ]
  const burst = { ...probe({ expect: ['r'] }), parallel: 2 }
  expect(judged(rules, [burst], inputs).probes[0]).toMatchObject({ verdict: 'pass', requests: 3 })
  expect(judged(rules, [probe({ expect: ['r'] })], [{ status: 429 }]).probes[0]?.verdict).toBe('error')
})

test('a check over a run knows what the target declares of the capability of its requirement', () => {
  const told: boolean[] = []
  const asks: AnyCheck = defineCheck({
    id: 'asks',
    summary: 'asks',
    codes: [],
    needs: 'any',
    over: 'run',
    judge: (_views, _args, { declared }) => {
      told.push(declared)
      return unobserved('asked')
    },
  })
  const rules = ['vision', 'audio'].map((capability) =>
    requirement({ id: capability, capability, when: {}, check: { id: 'asks', args: undefined } }),
  )
  judge(
    { suites: [suite(rules, [probe()])], checks: new Map([['asks', asks]]), shapeOf: () => [] },
    transcript([exchange()], [probe()], [], ['vision']),
  )
  expect(told).toEqual([true, false])
})
