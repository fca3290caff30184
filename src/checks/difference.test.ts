import { expect, test } from 'vitest'
import { firstDifference } from './difference.ts'

const none = new Set<string>()

test.each([
  [undefined, null],
  ['', null],
  [[], undefined],
  ['', []],
  [null, ''],
  [Number.NaN, Number.NaN],
  [0, -0],
  ['x', 'x'],
  [{ id: null }, {}],
  [{ a: 1, text: 'x' }, { text: 'x' }],
  [{ text: 'x' }, { zz: 1, text: 'x' }],
  [
    { id: 'a', text: 'b' },
    { text: 'b', id: 'a' },
  ],
  [
    [{ id: 'a' }, 'b'],
    [{ id: 'a' }, 'b'],
  ],
])('%j and %j are the same', (expected, actual) => expect(firstDifference(expected, actual, none)).toBeUndefined())

test.each([
  ['x', 'y', '', 'x', 'y'],
  ['', 'y', '', '', 'y'],
  [null, 0, '', null, 0],
  [[], [1], '', '0 entries', '1 entries'],
  [[1, 2], [1], '', '2 entries', '1 entries'],
  [[1, 2], [1, 3], '/1', 2, 3],
  [[], {}, '', [], {}],
  [{}, [1], '', {}, [1]],
  [{ id: 'a' }, {}, '/id', 'a', undefined],
  [{}, { id: 'a' }, '/id', undefined, 'a'],
  [{ zz: 1 }, { zz: 2 }, '/zz', 1, 2],
  [{ content: [{ text: 'a' }, { text: 'b' }] }, { content: [{ text: 'a' }, { text: 'c' }] }, '/content/1/text', 'b', 'c'],
  [{ 'a/b': 1 }, { 'a/b': 2 }, '/a~1b', 1, 2],
  [{ 'm~n': 1 }, { 'm~n': 2 }, '/m~0n', 1, 2],
  [{ same: 1, id: 'a', text: 'x' }, { same: 1, id: 'b', text: 'y' }, '/id', 'a', 'b'],
])('%j and %j differ at %s', (expected, actual, pointer, one, other) =>
  expect(firstDifference(expected, actual, none)).toEqual({ pointer, expected: one, actual: other }),
)

test('members that are ignored do not count, at any depth, and the others do', () => {
  const ignored = new Set(['id'])
  expect(firstDifference({ content: [{ id: 1 }] }, { content: [{ id: 2 }] }, ignored)).toBeUndefined()
  expect(firstDifference({ id: 1, text: 'a' }, { id: 2, text: 'b' }, ignored)).toMatchObject({ pointer: '/text' })
})

test('what is nested without end is not followed', () => {
  const nested = (leaf: unknown, depth: number): unknown => (depth === 0 ? leaf : [nested(leaf, depth - 1)])
  const objects = (leaf: unknown, depth: number): unknown => (depth === 0 ? leaf : { text: objects(leaf, depth - 1) })
  for (const make of [nested, objects]) {
    expect(firstDifference(make(1, 50), make(2, 50), none)).toBeDefined()
    expect(firstDifference(make(1, 51), make(2, 51), none)).toBeUndefined()
  }
})
