import { expect, test } from 'vitest'
import { spoken } from '../testing/observed.ts'
import { json } from '../testing/transcript.ts'
import { commonest, fate, treatment } from './votes.ts'

test('the commonest vote; of several the first', () => {
  expect(
    commonest(
      new Map([
        ['a', 1],
        ['b', 3],
        ['c', 3],
      ]),
    ),
  ).toBe('b')
  expect(commonest(new Map())).toBeUndefined()
})
test('one acceptance is enough', () => {
  expect(
    fate(
      new Map([
        ['x refused', 5],
        ['x accepted', 1],
      ]),
      'x',
    ),
  ).toBe('accepted')
  expect(fate(new Map([['x refused', 5]]), 'x')).toBe('refused')
  expect(fate(new Map([['x refused', 5]]), 'y')).toBeUndefined()
})
test('what becomes of a request', () => {
  expect(treatment(spoken({ content: 'Hi.' }))).toBe('accepted')
  for (const status of [400, 404, 422, 500, 501]) expect(treatment(spoken({}, { status }))).toBe('refused')
  for (const status of [302, 401, 403, 408, 429, 502, 503, 529]) expect(treatment(spoken({}, { status }))).toBeUndefined()
  expect(treatment(json('POST /chat/completions', { error: { message: 'no' } }))).toBeUndefined()
})
