import { expect, test } from 'vitest'
import type { Endpoint, Probe, Profile, Requirement, Step, Suite } from '../types.ts'
import { budget, capOf } from './budget.ts'
import { plan } from './plan.ts'
import { selects } from './selector.ts'

const step = (endpoint: Endpoint, own: Partial<Step> = {}): Step => ({
  endpoint,
  auth: 'target',
  headers: [],
  expect: [],
  capture: {},
  read: {},
  ...own,
})
const origin = { file: 'f', line: 1 }
const probe = (id: string, own: Partial<Probe> = {}): Probe => ({
  id,
  title: id,
  capability: 'chat',
  attempts: 1,
  baseline: false,
  extra: false,
  requires: [],
  steps: [step('POST /chat/completions')],
  whole: [],
  origin,
  ...own,
})
const suite = (id: string, probes: readonly Probe[], requirements: readonly Requirement[] = []): Suite => ({
  id,
  title: id,
  file: id,
  digest: '',
  probes,
  requirements,
})
const requirement = (id: string, capability?: string): Requirement => ({
  id,
  level: 'must',
  text: '',
  sources: [],
  check: { id: 'x', args: undefined },
  requires: [],
  origin,
  ...(capability ? { capability } : {}),
})

const onResponses = { capability: 'responses', steps: [step('POST /responses')] }
const suites = [
  suite(
    'chat',
    [probe('chat/late'), probe('chat/base', { baseline: true }), probe('chat/more', { extra: true })],
    [requirement('usage.sum', 'usage')],
  ),
  suite('responses', [
    probe('responses/base', { ...onResponses, baseline: true }),
    probe('responses/tools[json]', onResponses),
    probe('responses/tools[stream]', onResponses),
  ]),
  suite('models', [probe('models/list', { capability: 'models', steps: [step('GET /models')] })]),
  suite('odd', [
    probe('odd/usage', { capability: 'odd', steps: [step('GET /odd', { expect: ['usage.sum'] })] }),
    probe('odd/never', { capability: 'odd', steps: [step('GET /odd')] }),
  ]),
]
const profile = (id: string, core: string[], extended: string[] = []): Profile => ({ id, title: id, core, extended })
const catalog = {
  capabilities: [],
  profiles: [
    profile('chat', ['chat'], ['models']),
    profile('agent', ['models']),
    profile('responses', ['responses']),
    profile('usage', [], ['usage']),
    { ...profile('smoke', ['chat', 'models']), probes: ['models/list', 'short/plain'] },
  ],
}
const chosen = (selectors: string[], profiles: string[] = []) => plan({ suites, selectors, profiles, catalog }).probes.map(({ id }) => id)

test.each([
  ['chat-tools', 'chat-tools/round-trip[stream]', true],
  ['chat', 'chat-tools/round-trip', false],
  ['chat-tools/round-trip', 'chat-tools/round-trip[stream]', true],
  ['chat-tools/round-trip[json]', 'chat-tools/round-trip[stream]', false],
  ['chat-tools/round-trip[stream]', 'chat-tools/round-trip[stream]', true],
  ['chat-tools/round', 'chat-tools/round-trip', false],
  ['chat-tools/*', 'chat-tools/round-trip[stream]', true],
  ['*/round-trip', 'chat-tools/round-trip[stream]', true],
  ['*[stream]', 'chat-tools/round-trip[stream]', true],
  ['*[stream]', 'chat-tools/round-trip[json]', false],
  ['chat.tools/*', 'chat-tools/x', false],
  ['*', 'a/b', true],
  ['', 'a/b', false],
  ['(*', 'a/b', false],
])('%j selects %s: %j', (selector, id, expected) => {
  expect(selects(selector, probe(id))).toBe(expected)
})

test('without selector and profile the default profiles run, baselines first, the rest as written', () => {
  expect(chosen([])).toEqual([
    'chat/base',
    'responses/base',
    'chat/late',
    'responses/tools[json]',
    'responses/tools[stream]',
    'models/list',
  ])
})

test('a profile that lists its probes runs these, with the baseline that is among them', () => {
  const short = suite('short', [probe('short/plain', { baseline: true, extra: true })])
  const run = (profiles: string[]) => plan({ suites: [...suites, short], selectors: [], profiles, catalog }).probes.map(({ id }) => id)
  expect(run(['smoke'])).toEqual(['short/plain', 'models/list'])
  expect(run(['chat'])).toEqual(['chat/base', 'chat/late', 'models/list'])
})

test('a profile may name probes that run besides those of its capabilities', () => {
  const own = suite('own', [probe('own/session', { extra: true, capability: 'limits' }), probe('own/turn', { extra: true })])
  const wider = { ...catalog, profiles: [...catalog.profiles, { ...profile('wider', ['models', 'responses']), also: ['own/*'] }] }
  const run = (profiles: string[]) => plan({ suites: [...suites, own], selectors: [], profiles, catalog: wider }).probes.map(({ id }) => id)
  expect(run(['wider'])).toEqual([
    'chat/base',
    'responses/base',
    'responses/tools[json]',
    'responses/tools[stream]',
    'models/list',
    'own/session',
    'own/turn',
  ])
  expect(run([])).not.toContain('own/session')
  expect(run(['full'])).toContain('own/turn')
})

test('a profile selects by the capability of a probe or of what it expects', () => {
  expect(chosen([], ['agent'])).toEqual(['models/list'])
  expect(chosen([], ['usage'])).toEqual(['odd/usage'])
  expect(chosen([], ['agent', 'responses'])).toEqual(['responses/base', 'responses/tools[json]', 'responses/tools[stream]', 'models/list'])
  expect(chosen([], ['none'])).toEqual([])
})

test('full is everything, extra probes included', () => {
  expect([...chosen([], ['full'])].sort()).toEqual(suites.flatMap(({ probes }) => probes.map(({ id }) => id)).sort())
  expect(chosen([], ['chat', 'full'])).toContain('chat/more')
})

test('what is named runs, extra or not, with the baseline of its endpoint and no other', () => {
  expect(chosen(['chat/more'])).toEqual(['chat/base', 'chat/more'])
  expect(chosen(['responses/tools[stream]', 'odd'])).toEqual(['responses/base', 'responses/tools[stream]', 'odd/usage', 'odd/never'])
  expect(chosen(['models'])).toEqual(['models/list'])
  expect(chosen(['chat'], ['responses'])).toEqual(['chat/base', 'chat/late', 'chat/more'])
  expect(chosen(['nothing'])).toEqual([])
})

test('a probe of two endpoints needs both baselines', () => {
  const mixed = suite('mixed', [probe('mixed/x', { steps: [step('POST /responses'), step('POST /chat/completions')] })])
  const { probes } = plan({ suites: [...suites, mixed], selectors: ['mixed'], profiles: [], catalog })
  expect(probes.map(({ id }) => id)).toEqual(['chat/base', 'responses/base', 'mixed/x'])
})

test('a probe that two selectors mean runs once', () => {
  expect(chosen(['models', 'models/*', 'models/list'])).toEqual(['models/list'])
})

test('the price is the sum of first attempts, and of all', () => {
  const capped = (cap: number, own: Partial<Step> = {}) => step('POST /chat/completions', { body: { max_tokens: { $cap: cap } }, ...own })
  const probes = [
    probe('a/base', { baseline: true, steps: [capped(16), capped(16)] }),
    probe('a/x', { attempts: 3, steps: [capped(100), step('GET /models')] }),
    probe('a/broken', { steps: [capped(1000, { breaks: 'messages' })] }),
    probe('a/long', { steps: [step('GET /a'), step('GET /a'), step('GET /a')] }),
  ]
  const burst = probe('a/burst', { parallel: 3, attempts: 2, steps: [capped(32)] })
  expect(budget([burst])).toEqual({
    probes: 1,
    requests: { least: 3, most: 6 },
    outputTokens: { least: 96, most: 192 },
    thinkingTokens: { least: 3072, most: 6144 },
    longestChain: 1,
  })
  expect(budget(probes)).toEqual({
    probes: 4,
    requests: { least: 8, most: 12 },
    outputTokens: { least: 132, most: 332 },
    thinkingTokens: { least: 132 * 32, most: 332 * 32 },
    longestChain: 5,
  })
  expect(budget([])).toEqual({
    probes: 0,
    requests: { least: 0, most: 0 },
    outputTokens: { least: 0, most: 0 },
    thinkingTokens: { least: 0, most: 0 },
    longestChain: 0,
  })
})

test('a model that thinks gets more room where no cap is fixed, and probes of its own', () => {
  const asking = (max_tokens: unknown, own: Partial<Probe> = {}) =>
    probe('a/x', { steps: [step('POST /chat/completions', { body: { max_tokens } })], ...own })
  const price = (...probes: Probe[]) => {
    const { outputTokens, thinkingTokens } = budget(probes)
    return [outputTokens.most, thinkingTokens.most]
  }
  expect(price(asking(32_000))).toEqual([32_000, 32_000])
  expect(price(asking(32_000), asking({ $cap: 16 }))).toEqual([32_016, 32_512])
  expect(price(asking({ $cap: 16 }, { requires: ['thinks'] }))).toEqual([0, 512])
})

test.each([
  [{ max_tokens: 16 }, 16],
  [{ max_completion_tokens: { $cap: 16 }, n: 2 }, 32],
  [{ max_output_tokens: { $cap: 64 } }, 64],
  [{ prompt: ['a', 'b', 'c'], max_tokens: 8 }, 24],
  [{ prompt: [5, 6, 7], max_tokens: 8, best_of: 2 }, 16],
  [{ max_tokens: 'many' }, 0],
  [{ max_tokens: null }, 0],
  [{}, 0],
  [null, 0],
  ['text', 0],
  [undefined, 0],
])('the cap of %j', (body, cap) => {
  expect(capOf(body)).toBe(cap)
})
