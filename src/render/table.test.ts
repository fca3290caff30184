import { expect, test } from 'vitest'
import { table } from './table.ts'

const cells = (...texts: readonly string[]) => texts.map((text) => ({ text }))

test('columns align by cells, and lines do not trail blanks', () =>
  expect(table([cells('日本', 'x', 'why'), cells('a', '', ''), cells('abc', 'yy', '')], { indent: 2, width: 80 })).toEqual([
    '  日本  x   why',
    '  a',
    '  abc   yy',
  ]))

test('the last column is cut to what is left, the others to their limit', () =>
  expect(table([cells('abcdefgh', 'one two three four five')], { indent: 0, width: 20, limit: 5 })).toEqual(['abcd…  one two thre…']))

test('colour does not count', () => {
  const red = (text: string) => `\u001b[31m${text}\u001b[39m`
  expect(table([[{ text: 'a', paint: red }, { text: 'b' }], cells('ccc', 'd')], { indent: 0, width: 80 })).toEqual([
    '\u001b[31ma\u001b[39m    b',
    'ccc  d',
  ])
})

test('no rows, no lines', () => expect(table([], { indent: 2, width: 80 })).toEqual([]))
