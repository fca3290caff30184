import { expect, test } from 'vitest'
import { defineCheck, held, unobserved, violated } from '../checks/define-check.ts'
import { type ExchangeInput, exchange, probe, requirement, suite, transcript } from '../testing/exchanges.ts'
import type { AnyCheck, Exchange, Probe, Requirement, ShapeViolation, Trait, View } from '../types.ts'
import { createSteering, judge } from './judge.ts'

/** Each says of a view what its body says, and of several what the last says that says anything. */
const echo = (over: AnyCheck['over'], looks: (views: readonly View[]) => void = () => undefined): AnyCheck =>
  defineCheck({
    id: over,
    summary: over,
    codes: ['bad'],
    needs: 'any',
    over,
    judge(views) {
      looks(views)
      const says = (word: string) => views.some(({ json }) => (json as { say?: unknown } | undefined)?.say === word)
      if (says('throw')) throw new TypeError('ouch')
      if (says('violated')) return violated({ code: 'bad', at: { in: 'end' } })
      if (says('noted')) return held(1, [{ code: 'bad', at: { in: 'end' } }])
      return says('held') ? held(1) : unobserved('nothing said')
    },
  })

const rule = (id: string, own: Partial<Requirement> = {}) => requirement({ id, check: { id: 'exchange', args: undefined }, ...own })
const over = (id: string, name: AnyCheck['over'], own: Partial<Requirement> = {}) =>
  rule(id, { check: { id: name, args: undefined }, ...own })

interface Given {
  readonly rules: readonly Requirement[]
  readonly probes: readonly Probe[]
  readonly inputs: readonly (ExchangeInput | Exchange)[]
  readonly traits?: readonly Trait[]
  readonly shapes?: readonly string[]
  readonly looks?: (views: readonly View[]) => void
  readonly change?: (made: ReturnType<typeof transcript>) => ReturnType<typeof transcript>
}

const toExchange = (input: ExchangeInput | Exchange): Exchange => ('outcome' in input ? input : exchange(input))
const shapeOf =
  (shapes: readonly string[]) =>
  ({ json }: Pick<View, 'json'>): ShapeViolation[] =>
    (json as { odd?: true } | undefined)?.odd
      ? shapes.map((name) => ({ requirement: name, violation: { code: 'type', at: { in: 'end' } } }))
      : []
const input = ({ rules, probes, shapes = [], looks }: Pick<Given, 'rules' | 'probes' | 'shapes' | 'looks'>) => ({
  suites: [suite(rules, probes)],
  checks: new Map((['exchange', 'probe', 'copies', 'run'] as const).map((name) => [name, echo(name, looks)])),
  shapeOf: shapeOf(shapes),
})
const judged = (given: Given) => {
  const made = transcript(given.inputs.map(toExchange), given.probes, given.traits)
  return judge(input(given), given.change?.(made) ?? made)
}
const first = (given: Given) => judged(given).probes[0]
const steps = (own: Partial<Probe>, ...expected: (readonly string[])[]): Probe => ({
  ...probe(),
  ...own,
  steps: expected.map((expect) => ({ ...(probe().steps[0] as Probe['steps'][0]), expect })),
})
const says = (say: string, own: ExchangeInput = {}): ExchangeInput => ({ body: { say }, ...own })

test('a judged probe tells all of itself', () => {
  const late = { ...exchange(says('violated', { attempt: 2 })), request: { ...exchange().request, sentAtMs: 1500 } }
  const [requirements] = [[rule('r'), rule('s'), rule('t', { when: {} })]]
  const given = { rules: requirements, probes: [steps({}, ['r', 's'])], inputs: [says('held'), late] }
  const { probes, findings } = judged(given)
  expect(probes).toEqual([
    {
      probe: 's/p',
      title: 't',
      capability: 'chat',
      verdict: 'fail',
      attempts: 2,
      requests: 2,
      durationMs: 1502,
      requirements: { r: 'violated', s: 'violated' },
      findings: findings.filter(({ requirement: id }) => id !== 't').map(({ id }) => id),
    },
  ])
  expect(probes[0]?.findings).toHaveLength(2)
})

test('how long it took is counted from the first request to the last end, a failure included', () => {
  const at = (sentAtMs: number, own: ExchangeInput = {}) => ({ ...exchange(own), request: { ...exchange().request, sentAtMs } })
  const took = (...inputs: Exchange[]) => first({ rules: [], probes: [probe()], inputs })?.durationMs
  expect(took(at(100))).toBe(2)
  expect(took(at(100), at(200, { attempt: 2, failure: 'ECONNRESET' }))).toBe(101)
})

test('the judgement of requirements over the run', () => {
  const { capability: _, ...free } = rule('free')
  const { requirements, findings } = judged({
    rules: [rule('r'), free, rule('never', { level: 'may' })],
    probes: [steps({}, ['r', 'free'])],
    inputs: [says('held'), says('violated', { attempt: 2 })],
  })
  const idOf = (name: string) => findings.filter(({ requirement: id }) => id === name).map(({ id }) => id)
  expect(requirements).toEqual([
    { id: 'r', level: 'must', capability: 'chat', observation: 'violated', judged: 2, findings: idOf('r') },
    { id: 'free', level: 'must', observation: 'violated', judged: 2, findings: idOf('free') },
    { id: 'never', level: 'may', capability: 'chat', observation: 'unobserved', judged: 0, findings: [] },
  ])
  expect(idOf('r')).toHaveLength(1)
  expect(idOf('free')).toHaveLength(1)
})

test('a note is told even where misses are tolerated', () => {
  const given = { rules: [rule('r', { tolerate: { of: 3, need: 2 } })], probes: [steps({}, ['r'])], inputs: [says('noted')] }
  expect(judged(given).findings).toMatchObject([{ requirement: 'r', level: 'may' }])
})

test('a finding belongs to the probes that expect it and saw it violated', () => {
  const { probes } = judged({
    rules: [rule('r'), rule('a', { when: {} })],
    probes: [steps({ id: 's/one' }, ['r']), steps({ id: 's/two' }, ['r']), steps({ id: 's/three' }, ['r'])],
    inputs: [says('violated', { probe: 's/one' }), says('held', { probe: 's/two' })],
  })
  expect(probes.map(({ findings }) => findings.length)).toEqual([1, 0, 0])
})

test('what was not run says why', () => {
  const nothing = { attempts: 0, requests: 0, durationMs: 0, requirements: {}, findings: [] }
  const { probes } = judged({
    rules: [rule('r')],
    probes: [probe({ id: 's/one' }), probe({ id: 's/two' })],
    inputs: [says('held', { probe: 's/stranger' })],
    change: (made) => ({
      ...made,
      header: { ...made.header, plan: ['s/one', 's/two', 's/gone'] },
      footer: { kind: 'footer', exchanges: 0, durationMs: 1, skipped: { 's/one': 'no key' } },
    }),
  })
  const base = { title: 't', capability: 'chat', verdict: 'skipped', ...nothing }
  expect(probes).toEqual([
    { probe: 's/one', ...base, reason: 'no key' },
    { probe: 's/two', ...base, reason: 'not reached' },
    { probe: 's/gone', ...base, title: 's/gone', capability: '', reason: 'no loaded suite has this probe' },
  ])
})

test('a transcript that breaks off has no footer, and is judged', () => {
  const change = ({ footer: _, ...made }: ReturnType<typeof transcript>) => made
  const { probes } = judged({ rules: [], probes: [probe(), probe({ id: 's/q' })], inputs: [says('held')], change })
  expect(probes.map(({ verdict, reason }) => [verdict, reason])).toEqual([
    ['pass', undefined],
    ['skipped', 'not reached'],
  ])
})

test('traits that were found stand behind those that were known', () => {
  const wrong = probe({ id: 's/wrong', breaks: 'model' })
  const inputs: ExchangeInput[] = [{ endpoint: 'GET /models', body: { data: [{}] } }, { probe: 's/wrong' }]
  expect(judged({ rules: [], probes: [probe(), wrong], inputs, traits: ['key'] }).traits).toEqual([
    { name: 'key', how: 'test' },
    { name: 'single-model', how: 'one model is listed, and any name is served' },
  ])
})

test('a check over the run that throws is our defect, and one that judges books on its own capability', () => {
  const { harness, findings } = judged({ rules: [over('r', 'run', { when: {} })], probes: [probe()], inputs: [says('throw')] })
  expect(harness).toEqual([{ check: 'run', requirement: 'r', probe: 's/p', message: 'TypeError: ouch' }])
  expect(findings).toEqual([])
  const { capability: _, ...free } = over('r', 'run', { when: {} })
  expect(judged({ rules: [free], probes: [probe()], inputs: [says('violated')] }).findings).toMatchObject([{ capability: '' }])
})

test('an exchange that no response ended is no view, but a request', () => {
  const given = { rules: [rule('r')], probes: [steps({}, ['r'])], inputs: [{ failure: 'ECONNRESET' }, says('held', { attempt: 2 })] }
  expect(first(given)).toMatchObject({ verdict: 'pass', requests: 2, attempts: 2 })
  expect(judged(given).usage.requests).toBe(2)
})

test('an attempt forgets the refusal and the failure of the one before', () => {
  const refused: ExchangeInput = { status: 400, body: { error: { message: 'no' } } }
  const given = (inputs: readonly ExchangeInput[]) => first({ rules: [rule('r')], probes: [steps({}, ['r'])], inputs })?.verdict
  expect(given([refused, says('held', { attempt: 2 })])).toBe('pass')
  expect(given([says('held'), { ...refused, attempt: 2 }])).toBe('unsupported')
  expect(given([{ status: 500 }, says('held', { attempt: 2 })])).toBe('pass')
})

test('over a probe: each attempt by itself, with whole bodies, and only where every step was answered', () => {
  const seen: number[][] = []
  const given = {
    rules: [rule('r'), over('p', 'probe')],
    probes: [steps({}, ['r'], ['r', 'p'])],
    inputs: [says('held'), says('held', { step: 1 }), says('held', { attempt: 2 }), says('held', { attempt: 2, step: 1 })],
    looks: (views: readonly View[]) => seen.push(views.map(({ body, attempt }) => Math.sign(body.byteLength) * attempt)),
  }
  expect(first(given)?.verdict).toBe('pass')
  expect(seen.filter(({ length }) => length > 1)).toEqual([
    [1, 1],
    [2, 2],
  ])
  const broken = { ...given, inputs: [{ failure: 'ECONNRESET' }, says('violated', { step: 1 })], rules: [rule('r'), over('p', 'probe')] }
  expect(judged(broken).findings.map(({ requirement: id }) => id)).toEqual(['r'])
})

test('without a check over the probe, bodies are let go', () => {
  const sizes: number[] = []
  judged({
    rules: [over('c', 'copies'), rule('r')],
    probes: [steps({ parallel: 2 }, ['c'])],
    inputs: [says('held', { copy: 1 }), says('held', { copy: 2 })],
    looks: (views) => sizes.push(...views.map(({ body }) => body.byteLength)),
  })
  expect(sizes).toEqual([14, 14])
})

test('what is expected of the whole is decided at its last step', () => {
  const lengths: number[] = []
  const given = {
    rules: [over('p', 'probe')],
    probes: [steps({ whole: ['p'] }, ['p'], ['p'])],
    inputs: [says('violated'), says('held', { step: 1 })],
    looks: (views: readonly View[]) => lengths.push(views.length),
  }
  expect(first(given)?.verdict).toBe('fail')
  expect(lengths).toEqual([2])
  judged({ ...given, probes: [steps({}, ['p'], ['p'])] })
  expect(lengths).toEqual([2, 1, 2])
})

test('a shape that is wrong is owed by every probe, whether it says so or not; not so where the request was to be sent again', () => {
  const given = (inputs: readonly ExchangeInput[]) =>
    first({ rules: [rule('r'), rule('s')], probes: [steps({}, ['r'])], inputs, shapes: ['s'] })
  const odd = { say: 'held', odd: true }
  expect(given([{ body: odd }])).toMatchObject({ verdict: 'fail', requirements: { r: 'held', s: 'violated' } })
  expect(given([says('held')])).toMatchObject({ verdict: 'pass', requirements: { r: 'held' } })
  expect(given([{ status: 429, body: odd }, says('held', { try: 2 })])).toMatchObject({ verdict: 'pass', requirements: { r: 'held' } })
})

test('a shape of which no requirement is known is one of wire.shape', () => {
  const { findings } = judged({
    rules: [rule('wire.shape')],
    probes: [probe()],
    inputs: [{ body: { odd: true } }],
    shapes: ['gone'],
  })
  expect(findings).toEqual([])
  expect(judged({ rules: [], probes: [probe()], inputs: [{ body: { odd: true } }], shapes: ['gone'] }).findings).toEqual([])
})

test.each(['wire.no-server-error', 'errors.envelope', 'errors.message'])(
  '%s is owed by all: violated it counts, held it does not',
  (id) => {
    const given = (say: string) => first({ rules: [rule(id, { when: {} })], probes: [probe()], inputs: [says(say)] })
    expect(given('violated')).toMatchObject({ verdict: 'fail', requirements: { [id]: 'violated' } })
    expect(given('held')).toMatchObject({ verdict: 'pass', requirements: {} })
  },
)

test('a wrong request that was served is judged by what speaks of mistakes only', () => {
  const rules = [
    ...['errors', 'http', 'auth', 'limits', 'models', 'chat'].map((name) => rule(name, { capability: name, when: {} })),
    (({ capability: _, ...free }) => free)(rule('free', { when: {} })),
    rule('s'),
  ]
  const found = (status: number, breaks?: string) => {
    const { findings } = judged({
      rules,
      probes: [probe(breaks === undefined ? {} : { breaks })],
      inputs: [{ status, body: { say: 'violated', odd: true } }],
      shapes: ['s'],
    })
    return [...new Set(findings.map(({ requirement: id }) => id))]
  }
  const all = rules.map(({ id }) => id)
  expect(found(200)).toEqual(all)
  expect(found(299, 'messages')).toEqual(['errors', 'http', 'auth', 'limits', 'models'])
  expect(found(300, 'messages')).toEqual(all)
})

test('why nothing can be told is said with the requirement', () => {
  const given = (inputs: readonly ExchangeInput[]) =>
    first({ rules: [rule('r'), rule('s')], probes: [steps({}, ['r'], ['s'])], inputs })?.reason
  expect(given([{}])).toBe('r: nothing said')
  expect(given([says('held')])).toBe('s: the step was not reached')
})

test('of a check of ours that threw, its name and words', () => {
  const given = { rules: [rule('r')], probes: [steps({}, ['r'])], inputs: [says('throw')] }
  expect(first(given)?.reason).toBe('a check of ours failed: exchange: TypeError: ouch')
})

test('where an endpoint is absent, its probes are unsupported, asked or not; and nothing they expect is judged', () => {
  const responses = { endpoint: 'POST /responses' as const, baseline: true, expect: ['r'] }
  const { probes, findings } = judged({
    rules: [rule('r')],
    probes: [
      probe({ id: 's/chat', baseline: true }),
      probe({ id: 's/r', ...responses }),
      probe({ id: 's/later', ...responses, baseline: false }),
    ],
    inputs: [{ probe: 's/chat' }, says('violated', { probe: 's/r', endpoint: 'POST /responses', status: 404 })],
  })
  const reason = 'POST /responses is absent: answered 404'
  expect(probes.map(({ verdict, reason: said }) => [verdict, said])).toEqual([
    ['pass', undefined],
    ['unsupported', reason],
    ['unsupported', reason],
  ])
  expect(probes[1]?.requirements).toEqual({})
  expect(findings).toEqual([])
})

test('where no endpoint answers, nothing can be tested', () => {
  const given = (baseline: boolean, ...inputs: ExchangeInput[]) =>
    first({
      rules: [rule('r')],
      probes: [{ ...steps({}, ['r']), baseline }, probe({ id: 's/q', endpoint: 'POST /responses', baseline: true })],
      inputs,
    })
  expect(given(true, { status: 500 })).toMatchObject({ verdict: 'error', reason: 'POST /chat/completions answered 500' })
  expect(given(false, { status: 500 })).toMatchObject({ verdict: 'inconclusive' })
  expect(given(true, says('held'))).toMatchObject({ verdict: 'pass' })
})

test('copies that were throttled are answers, other trouble is trouble', () => {
  const rules = [over('c', 'copies')]
  const probes = [steps({ parallel: 2 }, ['c'])]
  const verdict = (own: ExchangeInput) => first({ rules, probes, inputs: [says('held', { copy: 1 }), { copy: 2, ...own }] })?.verdict
  expect(verdict({ status: 429 })).toBe('pass')
  expect(verdict({ status: 503 })).toBe('pass')
  expect(verdict({ status: 401 })).toBe('error')
  expect(verdict({ failure: 'ECONNRESET' })).toBe('error')
  expect(first({ rules: [rule('r')], probes: [steps({}, ['r'])], inputs: [{ status: 503 }] })?.verdict).toBe('error')
})

test('another attempt is worth its while where something is still open, with the traits that the attempts showed', () => {
  const gated = rule('g', { requires: ['tools'] })
  const facts = {
    traits: new Set<Trait>(),
    found: [],
    endpoints: [{ endpoint: 'POST /chat/completions' as const, presence: 'answered' as const }],
    plainRefusals: new Map(),
  }
  const again = (rules: readonly Requirement[], exchanges: readonly ExchangeInput[], known: Trait[] = []) => {
    const own = steps(
      {},
      rules.map(({ id }) => id),
    )
    return createSteering(input({ rules, probes: [own] }))(own, exchanges.map(exchange), { ...facts, traits: new Set(known) })
  }
  expect(again([rule('r')], [{}])).toBe(true)
  expect(again([rule('r')], [says('held')])).toBe(false)
  expect(again([rule('r')], [says('violated')])).toBe(false)
  expect(again([gated], [{}])).toBe(false)
  expect(again([gated], [{}], ['tools'])).toBe(true)
  expect(again([gated], [{ request: { tools: [{}] } }])).toBe(true)
})

test('a refusal without the envelope is one, and its form is told beside it', () => {
  const envelope = rule('errors.envelope', { when: {}, capability: 'errors' })
  const refusing = { ...says('violated'), status: 422 }
  const given = (own: Partial<Probe>, ...expected: (readonly string[])[]) => ({
    rules: [rule('r'), envelope],
    probes: [steps(own, ...expected)],
    inputs: [refusing],
  })
  const judgedOnce = judged({ ...given({}, []), rules: [envelope] })
  expect(judgedOnce.probes[0]).toMatchObject({
    verdict: 'unsupported',
    reason: 'refused: 422',
    requirements: { 'errors.envelope': 'violated' },
  })
  expect(judgedOnce.findings).toHaveLength(1)
  // a probe that is about the form of refusals fails by it, and so does whatever else is owed
  expect(first({ ...given({}, ['errors.envelope']), rules: [envelope] })).toMatchObject({ verdict: 'fail' })
  expect(first(given({}, ['r']))).toMatchObject({ verdict: 'fail' })
  // what observes has no capability that could be refused, and is not failed for it either
  expect(first({ ...given({ observes: true }, []), rules: [envelope] })).toMatchObject({ verdict: 'pass' })
})

test('a later step that is refused leaves the rest open for a reason', () => {
  const probes = [steps({}, ['r'], ['s'])]
  const rules = [rule('r', { level: 'should' }), rule('s')]
  const inputs = [says('violated'), { step: 1, status: 400, body: { error: { message: 'No pictures.' } } }]
  expect(first({ rules, probes, inputs })).toMatchObject({ verdict: 'unsupported', reason: 'refused: 400 No pictures.' })
})

const streamedBaseline = (own: ExchangeInput = {}): ExchangeInput[] => [
  { probe: 's/first', status: 400, body: { error: { message: 'Only streams.' } }, ...own },
  { probe: 's/first', attempt: 2, request: { stream: true }, ...says('held') },
]

test('what is refused for want of a stream is not judged by it', () => {
  const rules = [rule('r'), rule('chain'), rule('all', { when: {} }), rule('errors.x', { when: {}, capability: 'errors' })]
  const chained = [rules[0], over('chain', 'probe'), over('all', 'run', { when: {} }), rules[3]] as Requirement[]
  const baselineProbe = steps({ id: 's/first', baseline: true }, ['r'])
  const refused = (own: ExchangeInput): ExchangeInput => ({
    status: 400,
    body: { say: 'violated', error: { message: 'Only streams.' } },
    ...own,
  })
  const { probes, findings, traits } = judged({
    rules: chained,
    probes: [baselineProbe, steps({ observes: true }, ['r'], ['chain'])],
    inputs: [...streamedBaseline(), refused({}), { step: 1, request: { stream: true }, ...says('violated') }],
  })
  expect(traits).toContainEqual(expect.objectContaining({ name: 'stream-only' }))
  expect(probes[0]).toMatchObject({ verdict: 'pass', requirements: { r: 'held' } })
  expect(probes[0]).not.toHaveProperty('streamOnly')
  expect(probes[1]).toMatchObject({
    verdict: 'unsupported',
    reason: 'refused: 400 Only streams.',
    streamOnly: true,
    requirements: { r: 'unobserved', chain: 'unobserved' },
  })
  // rules about the form of a refusal are kept to, and the stream beside it is judged
  expect(findings.map(({ requirement: id, seen }) => [id, seen]).sort()).toEqual([
    ['all', 1],
    ['errors.x', 2],
  ])
})

test('a refusal of something else beside it counts as such', () => {
  const inputs = [
    ...streamedBaseline(),
    { status: 400, body: { error: { message: 'Only streams.' } } },
    { step: 1, status: 400, body: { error: { message: 'No tools.' } } },
  ]
  const probes = [steps({ id: 's/first', baseline: true }, ['r']), steps({}, ['r'], ['r'])]
  const [, other] = judged({ rules: [rule('r')], probes, inputs }).probes
  expect(other).toMatchObject({ verdict: 'unsupported', reason: 'refused: 400 Only streams.' })
  expect(other).not.toHaveProperty('streamOnly')
})

test('a probe whose answers all broke off says so', () => {
  const rules = [rule('r'), rule('s')]
  const probes = [steps({}, ['r'], ['s'])]
  const cut = { end: 'truncated' as const }
  expect(first({ rules, probes, inputs: [says('held', cut), { step: 1, ...cut }] })).toMatchObject({
    verdict: 'inconclusive',
    reason: 'no answer came to its end',
    unfinished: true,
    requirements: { r: 'held' },
  })
  for (const inputs of [
    [says('held', cut), says('held', { step: 1 })],
    [says('held', { end: 'stopped' })],
    [{ status: 400, ...cut }],
    [{ failure: 'ECONNRESET' }],
  ])
    expect(first({ rules, probes, inputs })).not.toHaveProperty('unfinished')
})
