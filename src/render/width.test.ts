import { expect, test } from 'vitest'
import { cut, padEnd, stringWidth, wrap } from './width.ts'

test('cells, not characters', () => {
  expect(['abc', '日本語', '한글', '👍', 'é', 'e\u0301', '✗⚠✓–', '“x”', 'ﾊ'].map(stringWidth)).toEqual([3, 6, 4, 2, 1, 1, 4, 3, 1])
})

test('cut never exceeds the width and says that something is missing', () => {
  expect([cut('abcdef', 6), cut('abcdef', 5), cut('日本語', 5), cut('日本語', 4)]).toEqual(['abcdef', 'abcd…', '日本…', '日…'])
  for (const width of [1, 2, 3, 7]) expect(stringWidth(cut('a日b本c語', width))).toBeLessThanOrEqual(width)
})

test('padding counts cells', () => expect([padEnd('日', 4), padEnd('abcde', 4)]).toEqual(['日  ', 'abcde']))

test('prose breaks at spaces', () => {
  expect(wrap('one two  three', 7)).toEqual(['one two', 'three'])
  expect(wrap('a muchtoolongword b', 6)).toEqual(['a', 'muchtoolongword', 'b'])
  expect(wrap('', 6)).toEqual([])
})
