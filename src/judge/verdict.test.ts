import { expect, test } from 'vitest'
import type { Level, Observation } from '../types.ts'
import { fold, verdictOf } from './verdict.ts'

const count = (held: number, violated: number) => ({ held, violated, reason: undefined })

test.each([
  [0, 0, 'unobserved'],
  [3, 0, 'held'],
  [3, 1, 'violated'],
  [0, 1, 'violated'],
] as const)('%i held, %i violated: %s', (held, violated, observation) => expect(fold(count(held, violated), undefined)).toBe(observation))

test.each([
  [0, 0, 'unobserved'],
  [0, 1, 'unobserved'],
  [1, 1, 'unobserved'],
  [2, 1, 'held'],
  [1, 0, 'held'],
  [1, 2, 'violated'],
  [0, 2, 'violated'],
  [6, 2, 'held'],
  [4, 4, 'violated'],
] as const)('two of three must hold: %i held, %i violated: %s', (held, violated, observation) =>
  expect(fold(count(held, violated), { of: 3, need: 2 })).toBe(observation),
)

const seen = (...list: [Level, Observation][]) => list.map(([level, observation]) => ({ level, observation, reason: 'because' }))

test.each([
  ['everything held', { observations: seen(['must', 'held'], ['should', 'held']) }, 'pass'],
  ['a must violated', { observations: seen(['must', 'violated'], ['should', 'unobserved']) }, 'fail'],
  ['a must violated and the rest refused', { observations: seen(['must', 'violated']), refusal: '400 no' }, 'fail'],
  ['a should violated', { observations: seen(['must', 'held'], ['should', 'violated']) }, 'warn'],
  ['a should violated and a must never seen', { observations: seen(['must', 'unobserved'], ['should', 'violated']) }, 'inconclusive'],
  ['a may violated', { observations: seen(['must', 'held'], ['may', 'violated']) }, 'pass'],
  ['a may never seen', { observations: seen(['must', 'held'], ['may', 'unobserved']) }, 'pass'],
  ['refused', { observations: seen(['must', 'unobserved']), refusal: '400 no' }, 'unsupported'],
  [
    'refused after a should was violated',
    { observations: seen(['should', 'violated'], ['must', 'unobserved']), refusal: '400 no' },
    'unsupported',
  ],
  ['refused where it must not be', { observations: seen(['must', 'violated'], ['must', 'unobserved']), refusal: '400 no' }, 'fail'],
  ['refused where it should not be', { observations: seen(['must', 'held'], ['should', 'violated']), refusal: '400 no' }, 'warn'],
  [
    'refused after what came before held',
    { observations: seen(['must', 'held'], ['should', 'unobserved']), refusal: '400 no' },
    'unsupported',
  ],
  ['unreachable', { observations: seen(['must', 'unobserved']), unusable: 'ECONNREFUSED' }, 'error'],
  ['unreachable after a violation', { observations: seen(['must', 'violated']), unusable: 'ECONNRESET' }, 'fail'],
  ['our own defect', { observations: seen(['must', 'unobserved']), harnessFault: 'check x' }, 'error'],
] as const)('%s: %s', (_, facts, verdict) => expect(verdictOf(facts).verdict).toBe(verdict))

test('every verdict but a plain one has a reason', () => {
  expect(verdictOf({ observations: seen(['must', 'unobserved']) }).reason).toBe('because')
  expect(verdictOf({ observations: [], refusal: '400 no' }).reason).toBe('refused: 400 no')
  expect(verdictOf({ observations: [{ level: 'must', observation: 'unobserved' }] }).reason).toBe('not observed')
  expect(verdictOf({ observations: seen(['should', 'violated']), refusal: '400 no' })).toEqual({ verdict: 'warn' })
  const open = { observations: seen(['must', 'unobserved']) }
  expect(verdictOf({ ...open, unfinished: true })).toEqual({ verdict: 'inconclusive', reason: 'no answer came to its end' })
  expect(verdictOf({ ...open, unfinished: true, refusal: '400 no' }).verdict).toBe('unsupported')
  expect(verdictOf({ observations: seen(['must', 'held']), unfinished: true })).toEqual({ verdict: 'pass' })
  expect(verdictOf({ observations: seen(['must', 'held']) })).toEqual({ verdict: 'pass' })
})
