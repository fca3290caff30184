import { expect, test } from 'vitest'
import { valueAt } from './capture.ts'

const value = { choices: [{ 'a/b': 1, 'm~n': 2, '~1': 3, '': 4, none: null }], length: 5 }

test.each([
  ['', value],
  ['/choices/0/a~1b', 1],
  ['/choices/0/m~0n', 2],
  ['/choices/0/~01', 3],
  ['/choices/0/', 4],
  ['/choices/0/none', null],
  ['/length', 5],
  ['/choices/1', undefined],
  ['/choices/-1', undefined],
  ['/choices/00', undefined],
  ['/choices/length', undefined],
  ['/choices/0/none/x', undefined],
  ['/toString', undefined],
  ['/length/toFixed', undefined],
])('%j', (pointer, expected) => {
  expect(valueAt(value, pointer)).toEqual(expected)
})

test.each([undefined, null, 1, 'text'])('in %j there is nothing', (root) => {
  expect(valueAt(root, '/0')).toBeUndefined()
  expect(valueAt(root, '')).toBe(root)
})
