import { expect, test } from 'vitest'
import { exchange, probe, requirement, suite, transcript } from '../testing/exchanges.ts'
import type { AnyCheck, Observer } from '../types.ts'
import { judge } from './judge.ts'
import type { Observers } from './observe.ts'

const colours: Observer = {
  id: 'colour',
  summary: 'the colour that most answers name',
  sees: ({ json }) => {
    const { colour } = (json ?? {}) as { colour?: string }
    if (colour === 'boom') throw new TypeError('ouch')
    return colour
  },
  decide: (votes) => (votes.size > 1 ? 'mixed' : [...votes.keys()][0]),
}
const answered: AnyCheck = {
  id: 'answered',
  summary: 'answered',
  codes: [],
  needs: 'any',
  over: 'exchange',
  judge: () => ({ kind: 'held', subjects: 1 }),
}
const rule = requirement({ id: 'r', check: { id: 'answered', args: undefined } })
const [one, two, modal] = [{ id: 's/one' }, { id: 's/two' }, { id: 's/two[json]' }].map((own) => probe({ expect: ['r'], ...own }))

const judged = (
  probes: (typeof one)[],
  answers: readonly { probe: string; status?: number; try?: number; body: unknown }[],
  observers?: Observers,
) => {
  const known = probes.filter((each) => each !== undefined)
  return judge(
    { suites: [suite([rule], known)], checks: new Map([['answered', answered]]), shapeOf: () => [], ...(observers && { observers }) },
    transcript(answers.map(exchange), known, []),
  )
}

test('votes of a run make one value, and nothing else changes', () => {
  const answers = [
    { probe: 's/one', body: { colour: 'red' } },
    { probe: 's/two', body: { colour: 'red' } },
  ]
  const { observations, ...rest } = judged([one, two], answers, [{ observer: colours }])
  expect(observations).toEqual([{ id: 'colour', value: 'red', probes: ['s/one', 's/two'] }])
  expect({ ...rest, observations: [] }).toEqual(judged([one, two], answers))
})
test('an observer sees only the probes that it is limited to, in all modes', () => {
  const answers = [
    { probe: 's/one', body: { colour: 'red' } },
    { probe: 's/two[json]', body: { colour: 'blue' } },
  ]
  const from = (name: string) => judged([one, modal], answers, [{ observer: colours, from: [name] }]).observations.map(({ value }) => value)
  expect(from('s/one')).toEqual(['red'])
  expect(from('s/two')).toEqual(['blue'])
  expect(from('s/three')).toEqual([])
})
test('what was paced does not vote', () => {
  const answers = [
    { probe: 's/one', status: 429, body: { colour: 'red' } },
    { probe: 's/one', try: 2, body: { colour: 'blue' } },
  ]
  expect(judged([one], answers, [{ observer: colours }]).observations).toMatchObject([{ value: 'blue' }])
})
test('an observer that throws is a defect of ours', () => {
  const { observations, harness } = judged([one], [{ probe: 's/one', body: { colour: 'boom' } }], [{ observer: colours }])
  expect(observations).toEqual([])
  expect(harness).toEqual([{ check: 'colour', requirement: 'colour', probe: 's/one', message: 'TypeError: ouch' }])
})
test('a refusal is an answer where a probe observes', () => {
  const refused = [{ probe: 's/one', status: 400, body: { error: { message: 'no' } } }]
  expect(judged([one], refused).probes[0]?.verdict).toBe('unsupported')
  expect(judged([probe({ id: 's/one', expect: ['r'], observes: true })], refused).probes[0]?.verdict).toBe('pass')
})
test('every vote is counted, of every probe that is meant, and five probes are named', () => {
  const counted: [string, number][][] = []
  const observer: Observer = { ...colours, decide: (votes) => String(counted.push([...votes])) }
  const probes = Array.from({ length: 7 }, (_, at) => probe({ id: `s/${at}`, expect: ['r'] }))
  const answers = probes.map(({ id }, at) => ({ probe: id, body: { colour: at === 3 ? undefined : at === 4 ? 'blue' : 'red' } }))
  const all = judged(probes, answers, [{ observer, from: probes.map(({ id }) => id) }])
  expect(counted).toEqual([
    [
      ['red', 5],
      ['blue', 1],
    ],
  ])
  expect(all.observations).toEqual([{ id: 'colour', value: '1', probes: ['s/0', 's/1', 's/2', 's/4', 's/5'] }])
  expect(judged(probes, [], [{ observer }]).observations).toEqual([])
  expect(counted).toHaveLength(1)
})
