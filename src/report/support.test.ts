import { expect, test } from 'vitest'
import {
  sampleCatalog,
  sampleFinding,
  sampleJudged,
  sampleJudgement,
  sampleProbe,
  sampleRequirement,
  sampleSuites,
} from '../testing/report.ts'
import type { Finding, Judgement, Probe, ProbeJudgement, Requirement, Suite } from '../types.ts'
import { cellsOf } from './support.ts'

const chat = 'POST /chat/completions'

const suite = (probes: readonly Probe[], requirements: readonly Requirement[] = []): Suite => ({
  id: 's',
  title: 's',
  file: 's.yaml',
  digest: '',
  requirements,
  probes,
})

const judgement = (probes: readonly ProbeJudgement[], more: Partial<Judgement> = {}): Judgement => ({
  probes,
  requirements: [],
  findings: [],
  traits: [],
  endpoints: [],
  observations: [],
  harness: [],
  usage: { requests: 0, inputTokens: 0, outputTokens: 0 },
  ...more,
})

const cell = (
  id: string,
  probes: readonly ProbeJudgement[],
  options: {
    findings?: readonly Finding[]
    requirements?: readonly Requirement[]
    suites?: readonly Probe[]
    more?: Partial<Judgement>
  } = {},
) => {
  const planned = options.suites ?? probes.map(({ probe, capability }) => sampleProbe(probe, capability, chat))
  const cells = cellsOf({
    judgement: judgement(probes, { findings: options.findings ?? [], ...options.more }),
    suites: [suite(planned, options.requirements)],
    capabilities: [{ id, title: id, question: '?' }],
  })
  const found = cells.find(({ report }) => report.id === id)
  if (!found) throw new Error('no cell')
  return found
}

const pass = sampleJudged('s/a', 'a', 'chat', 'pass')
const refused = sampleJudged('s/b', 'b', 'chat', 'unsupported', {}, { reason: 'refused: 400 no n here' })
const open = sampleJudged('s/c', 'c', 'chat', 'inconclusive', {}, { reason: 'chat.x: nothing came' })
const at = { in: 'status' } as const

test('passed is full', () => expect(cell('chat', [pass]).report.support).toBe('full'))

test('all refused is none, with the words of the refusal', () =>
  expect(cell('chat', [refused]).report).toMatchObject({ support: 'none', reason: 'refused: 400 no n here' }))

test('a part refused is partial, and says which', () =>
  expect(cell('chat', [pass, refused]).report).toMatchObject({ support: 'partial', reason: 'refused in s/b: 400 no n here' }))

test('a refusal of what nobody owes counts only where nothing else was seen', () => {
  const requirements = [sampleRequirement('chat.old-form', 'may', 'chat', '', 's', 1)]
  const declined = { ...refused, requirements: { 'chat.old-form': 'unobserved', 'wire.shape': 'unobserved' } } as const
  expect(cell('chat', [pass, declined], { requirements })).toMatchObject({ refused: false, report: { support: 'full' } })
  expect(cell('chat', [declined], { requirements }).report).toMatchObject({ support: 'none', reason: 'refused: 400 no n here' })
})

test('nothing decided is unknown, with a reason', () =>
  expect(cell('chat', [open]).report).toMatchObject({ support: 'unknown', reason: 'inconclusive: chat.x: nothing came' }))

test('undecided beside passed stays full, and is remembered', () => {
  const { report, undecided } = cell('chat', [pass, open])
  expect([report.support, undecided]).toEqual(['full', true])
})

test('a MUST violated is broken, a SHOULD partial, a MAY nothing', () => {
  const finding = (level: Finding['level']) => sampleFinding('00000001', 'chat.x', level, 'missing', 'chat', { probe: 's/a', at })
  const supports = (['must', 'should', 'may'] as const).map((level) => cell('chat', [pass], { findings: [finding(level)] }).report)
  expect(supports.map(({ support, findings }) => [support, findings.length])).toEqual([
    ['broken', 1],
    ['partial', 1],
    ['full', 0],
  ])
})

test('a finding colours the capability of its requirement, not that of the probe that shows it', () => {
  const probe = sampleJudged('s/a', 'a', 'tools', 'fail', { 'usage.sum': 'violated', 'tools.call': 'held' })
  const requirements = [
    sampleRequirement('usage.sum', 'must', 'usage', '', 's', 1),
    sampleRequirement('tools.call', 'must', 'tools', '', 's', 2),
  ]
  const findings = [sampleFinding('00000001', 'usage.sum', 'must', 'sum', 'usage', { probe: 's/a', at })]
  expect(cell('tools', [probe], { findings, requirements }).report.support).toBe('full')
  expect(cell('usage', [probe], { findings, requirements }).report.support).toBe('broken')
})

test('a probe that failed before anything of its own was seen decides nothing', () => {
  const probe = sampleJudged('s/a', 'a', 'tools.multiturn', 'fail', { 'tools.call': 'violated', 'tools.result': 'unobserved' })
  const requirements = [
    sampleRequirement('tools.call', 'must', 'tools', '', 's', 1),
    sampleRequirement('tools.result', 'must', 'tools.multiturn', '', 's', 2),
  ]
  expect(cell('tools.multiturn', [probe], { requirements }).report.support).toBe('unknown')
})

test('a requirement without a capability blames every probe that shows it', () => {
  const probes = [
    sampleJudged('s/a', 'a', 'chat', 'fail', { 'wire.shape': 'violated' }, { findings: ['00000001'] }),
    sampleJudged('s/b', 'b', 'streaming', 'fail', { 'wire.shape': 'violated' }, { findings: ['00000001'] }),
  ]
  const requirements = [sampleRequirement('wire.shape', 'must', undefined, '', 's', 1)]
  const findings = [sampleFinding('00000001', 'wire.shape', 'must', 'type', 'chat', { probe: 's/a', at })]
  expect(cell('chat', probes, { findings, requirements }).report.support).toBe('broken')
  expect(cell('streaming', probes, { findings, requirements }).report.support).toBe('broken')
})

test('an absent endpoint is none, whatever became of its probes', () => {
  const more = { endpoints: [{ endpoint: 'POST /responses' as const, presence: 'absent' as const, reason: 'answered 404' }] }
  const suites = [sampleProbe('s/a', 'responses.tools', 'POST /responses')]
  for (const verdict of ['unsupported', 'skipped'] as const) {
    const probes = [sampleJudged('s/a', 'a', 'responses.tools', verdict)]
    expect(cell('responses.tools', probes, { suites, more }).report).toMatchObject({
      support: 'none',
      reason: 'POST /responses is absent: answered 404',
    })
  }
})

test('a probe of an absent endpoint does not make another capability partial', () => {
  const more = { endpoints: [{ endpoint: 'POST /responses' as const, presence: 'absent' as const, reason: 'answered 404' }] }
  const suites = [sampleProbe('s/a', 'errors', chat), sampleProbe('s/b', 'errors', 'POST /responses')]
  const probes = [sampleJudged('s/a', 'a', 'errors', 'pass'), sampleJudged('s/b', 'b', 'errors', 'unsupported')]
  expect(cell('errors', probes, { suites, more })).toMatchObject({ report: { support: 'full' }, refused: false })
})

test('what holds in passing fills a cell only when no probe of its own was left out', () => {
  const requirements = [sampleRequirement('auth.scheme', 'must', 'auth', '', 's', 1)]
  const riding = sampleJudged('s/a', 'a', 'chat', 'pass', { 'auth.scheme': 'held' })
  expect(cell('auth', [riding], { requirements }).report.support).toBe('full')

  const own = sampleProbe('s/key', 'auth', chat, [], { requires: ['key'] })
  const skipped = sampleJudged('s/key', 'key', 'auth', 'skipped', {}, { reason: 'no key is needed' })
  const suites = [sampleProbe('s/a', 'chat', chat), own]
  expect(cell('auth', [riding, skipped], { requirements, suites }).report).toMatchObject({
    support: 'unknown',
    reason: 'not applicable: no key is needed',
  })
})

test('ambient requirements fill a cell that has no probe', () => {
  const requirements = [sampleRequirement('http.id', 'should', 'observability', '', 's', 1)]
  const more = {
    requirements: [
      { id: 'http.id', level: 'should' as const, capability: 'observability', observation: 'held' as const, judged: 9, findings: [] },
    ],
  }
  expect(cell('observability', [pass], { requirements, more }).report.support).toBe('full')
  expect(cell('observability', [pass], { requirements }).report).toMatchObject({
    support: 'unknown',
    reason: 'no probe of this run shows it',
  })
})

test('probes that were not selected leave a cell unknown', () => {
  const suites = [sampleProbe('s/a', 'chat', chat), sampleProbe('s/b', 'errors', chat)]
  expect(cell('errors', [pass], { suites })).toMatchObject({
    report: { support: 'unknown', reason: 'its probes did not run' },
    touched: false,
    undecided: true,
  })
})

test('the sample run', () => {
  const cells = cellsOf({ judgement: sampleJudgement, suites: sampleSuites, capabilities: sampleCatalog.capabilities })
  expect(Object.fromEntries(cells.map(({ report }) => [report.id, report.support]))).toEqual({
    models: 'full',
    auth: 'unknown',
    errors: 'broken',
    chat: 'full',
    'chat.params': 'unknown',
    logprobs: 'none',
    streaming: 'full',
    'streaming.usage': 'broken',
    responses: 'none',
    'responses.streaming': 'none',
    vision: 'unknown',
    audio: 'unknown',
  })
})

test('answers that never came to their end show nothing, in whatever probe', () => {
  const requirements = [
    sampleRequirement('stream.switch', 'must', 'streaming', '', 's', 1),
    sampleRequirement('stream.shape', 'must', 'streaming', '', 's', 2),
  ]
  const reason = 'no answer came to its end'
  const cut = sampleJudged('s/a', 'a', 'streaming', 'inconclusive', { 'stream.shape': 'held' }, { unfinished: true, reason })
  const elsewhere = sampleJudged('s/b', 'b', 'chat', 'pass', { 'stream.switch': 'held' })
  const unknown = { support: 'unknown', reason: 'inconclusive: no answer came to its end' }
  expect(cell('streaming', [cut, elsewhere], { requirements }).report).toMatchObject(unknown)
  expect(cell('streaming', [{ ...cut, verdict: 'pass' }, elsewhere], { requirements })).toMatchObject({
    report: { support: 'unknown' },
    undecided: true,
  })
  const broken = sampleJudged('s/b', 'b', 'chat', 'inconclusive', { 'stream.switch': 'held' }, { unfinished: true })
  const suites = [sampleProbe('s/b', 'chat', chat)]
  expect(cell('streaming', [broken], { requirements, suites }).report.support).toBe('unknown')
  // one of its probes that ended well speaks for the others
  const whole = sampleJudged('s/c', 'c', 'streaming', 'pass', { 'stream.shape': 'held' })
  expect(cell('streaming', [cut, whole], { requirements }).report.support).toBe('full')
})

test('beside a refusal, the shape of what was not refused shows no support', () => {
  const seen = { 'wire.shape': 'held', 'wire.no-server-error': 'held' } as const
  const probe = sampleJudged('s/a', 'a', 'json_schema', 'unsupported', seen, { reason: 'refused: 400 no format' })
  expect(cell('json_schema', [probe]).report).toMatchObject({ support: 'none', reason: 'refused: 400 no format' })
  expect(cell('json_schema', [{ ...probe, requirements: { ...seen, 'json.accepted': 'held' } }]).report.support).toBe('partial')
  expect(cell('json_schema', [{ ...probe, verdict: 'inconclusive' }]).report.support).toBe('full')
})

test('what is owed to every refusal does not make a refusal of what nobody owes count', () => {
  const requirements = [
    sampleRequirement('chat.old-form', 'may', 'chat', '', 's', 1),
    sampleRequirement('errors.envelope', 'must', 'errors', '', 's', 2),
  ]
  const declined = { ...refused, requirements: { 'chat.old-form': 'unobserved', 'errors.envelope': 'violated' } } as const
  expect(cell('chat', [pass, declined], { requirements })).toMatchObject({ refused: false, report: { support: 'full' } })
})

test('what was refused for want of a stream is not known to be lacking', () => {
  const plain = { ...refused, streamOnly: true } as const
  const reason = 'not seen in a stream, and refused without: 400 no n here'
  expect(cell('chat', [plain]).report).toMatchObject({ support: 'unknown', reason })
  expect(cell('chat', [plain, refused]).report).toMatchObject({ support: 'none', reason: 'refused: 400 no n here' })
  expect(cell('chat', [pass, plain]).report.support).toBe('partial')
  const requirements = [sampleRequirement('usage.sum', 'must', 'usage', '', 's', 1)]
  const elsewhere = (probe: ProbeJudgement) =>
    cell('usage', [{ ...probe, requirements: { 'usage.sum': 'unobserved' } }], { requirements }).report
  expect(elsewhere(refused).support).toBe('none')
  expect(elsewhere(plain).support).toBe('unknown')
})

test('a cell that other probes feed says whether any of them ran', () => {
  const requirements = [sampleRequirement('usage.sum', 'must', 'usage', '', 's', 1)]
  const suites = [sampleProbe('s/a', 'chat', chat, ['usage.sum'])]
  const seen = sampleJudged('s/a', 'a', 'chat', 'inconclusive')
  expect(cell('usage', [seen], { requirements, suites }).report.reason).toBe('its probes showed nothing of it')
  expect(cell('usage', [{ ...seen, verdict: 'skipped' }], { requirements, suites }).report.reason).toBe('its probes did not run')
})
