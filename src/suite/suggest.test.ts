import { expect, test } from 'vitest'
import { suggest } from './suggest.ts'

test.each([
  ['usage-lst', '; did you mean "usage-last"?'],
  ['usagelast', '; did you mean "usage-last"?'],
  ['don', '; did you mean "done"?'],
  ['elephant', ''],
  ['', ''],
])('%j', (word, expected) => {
  expect(suggest(word, ['done', 'usage-last', 'usage-first'])).toBe(expected)
})

test('the nearest wins, and nothing is near to nothing', () => {
  expect(suggest('abc', ['abx', 'abc1', 'abc'])).toBe('; did you mean "abc"?')
  expect(suggest('abc', [])).toBe('')
})
