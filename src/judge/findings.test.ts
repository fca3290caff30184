import { expect, test } from 'vitest'
import { requirement } from '../testing/exchanges.ts'
import { json } from '../testing/transcript.ts'
import type { Locus, Violation } from '../types.ts'
import { groupFindings, type Sighting, sighting } from './findings.ts'

const rule = requirement({ id: 'r', check: { id: 'c', args: undefined } })
const body = (pointer: string): Locus => ({ in: 'body', pointer })

interface Seen {
  readonly probe?: string
  readonly attempt?: number
  readonly step?: number
  readonly copy?: number
  readonly at?: Locus
  readonly code?: string
  readonly expected?: boolean
  readonly own?: Partial<Violation>
}

const seen = ({ at = body('/a'), code = 'bad', expected = false, own = {}, ...place }: Seen = {}): Sighting =>
  sighting(rule, 'should', 'tools', { code, at, ...own }, json('POST /chat/completions', { a: 1 }, place), expected)

const idOf = (...list: Seen[]) => groupFindings(list.map(seen)).map(({ id }) => id)

test('a witness says where, what and with which bytes', () => {
  expect(seen({ probe: 's/p', attempt: 2, step: 1, copy: 3, own: { actual: '1' } }).witness).toEqual({
    probe: 's/p',
    attempt: 2,
    step: 1,
    copy: 3,
    at: body('/a'),
    actual: '1',
    excerpt: '{"a":1}',
    mark: [1, 6],
  })
  expect(Object.keys(seen().witness)).toEqual(['probe', 'attempt', 'step', 'at', 'excerpt', 'mark'])
})

test('the capability is that of the requirement, else that of the probe', () => {
  expect(seen().capability).toBe('chat')
  const { capability: _, ...free } = rule
  expect(sighting(free, 'must', 'tools', { code: 'bad', at: body('') }, json('GET /models', {}), false).capability).toBe('tools')
})

test('a finding has what its first sighting says', () => {
  const [finding] = groupFindings([
    seen({ own: { expected: '2', actual: '1' } }),
    seen({ attempt: 2, own: { expected: '3', actual: '4' } }),
  ])
  expect(finding).toMatchObject({ requirement: 'r', level: 'should', code: 'bad', expected: '2', actual: '1', capability: 'chat', seen: 2 })
  const [bare] = groupFindings([seen()])
  expect(Object.keys(bare ?? {})).toEqual(['id', 'requirement', 'level', 'code', 'capability', 'witnesses', 'seen', 'probes'])
})

test('the sighting of a probe that expects it comes first', () => {
  const [finding] = groupFindings([seen({ probe: 's/one' }), seen({ probe: 's/two', expected: true }), seen({ probe: 's/three' })])
  expect(finding?.witnesses.map(({ probe }) => probe)).toEqual(['s/two', 's/one', 's/three'])
  expect(finding?.probes).toEqual(['s/two', 's/one', 's/three'])
})

test('numbers in a place do not make another defect; another code, place or header does', () => {
  expect(idOf({ at: body('/choices/0/delta') }, { at: body('/choices/12/delta') })).toHaveLength(1)
  expect(idOf({ at: body('/choices/0') }, { at: body('/choices/1') })).toHaveLength(1)
  expect(idOf({ at: body('/choices/0') }, { at: body('/choices/a') })).toHaveLength(2)
  expect(idOf({ at: body('/v1x') }, { at: body('/v2x') })).toHaveLength(2)
  expect(idOf({ at: body('/1x') }, { at: body('/2x') })).toHaveLength(2)
  expect(idOf({ at: body('/a') }, { at: { in: 'completion', pointer: '/a' } })).toHaveLength(2)
  expect(idOf({}, { code: 'worse' })).toHaveLength(2)
  expect(idOf({ at: { in: 'header', name: 'a' } }, { at: { in: 'header', name: 'b' } })).toHaveLength(2)
  expect(idOf({ at: { in: 'status' } }, { at: { in: 'end' } })).toHaveLength(2)
  expect(idOf({ at: { in: 'stream', bytes: [0, 1] } }, { at: { in: 'stream', bytes: [4, 5] } })).toHaveLength(1)
})

test('the id of a finding stays what it is', () => {
  expect(idOf({ at: body('/choices/0') })).toEqual(['fcb9132a'])
  expect(idOf({ at: { in: 'header', name: 'a' } })).toEqual(['cc7b097c'])
})

test('what one exchange shows twice is seen once; each exchange, attempt, step and copy counts', () => {
  const [twice] = groupFindings([seen(), seen()])
  expect([twice?.seen, twice?.witnesses.length]).toEqual([1, 1])
  const [many] = groupFindings([
    seen(),
    seen({ attempt: 2 }),
    seen({ step: 1 }),
    seen({ copy: 1 }),
    seen({ copy: 0 }),
    seen({ probe: 's/q' }),
  ])
  expect(many?.seen).toBe(5)
  expect(many?.probes).toEqual(['suite/probe', 's/q'])
})

test('five witnesses are enough', () => {
  const [finding] = groupFindings(Array.from({ length: 8 }, (_, at) => seen({ attempt: at + 1, probe: `s/${at}` })))
  expect(finding?.witnesses).toHaveLength(5)
  expect([finding?.seen, finding?.probes.length]).toEqual([8, 8])
})
