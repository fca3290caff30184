import { expect, test } from 'vitest'
import { json } from '../testing/transcript.ts'
import {
  cosine,
  decodeBase64,
  dimensionsOf,
  distance,
  entriesOf,
  floatsOf,
  inputsAsked,
  isFinite32,
  isZero,
  mostEntries,
  vectorsOf,
} from './read-embeddings.ts'

const answer = (data: unknown, status = 200, request = {}) => json('POST /embeddings', { data }, { status, request })
const base64 = (...values: number[]) => Buffer.from(Float32Array.from(values).buffer).toString('base64')

test('entries are the objects of an answer of success, by their places', () => {
  expect(entriesOf(answer([{ index: 3, embedding: [1] }, null, 5, { index: '1' }]))).toEqual([
    { pointer: '/data/0', index: 3, embedding: [1] },
    { pointer: '/data/3', index: undefined, embedding: undefined },
  ])
  expect(entriesOf(answer([{}], 400))).toEqual([])
  expect(entriesOf(answer({}))).toEqual([])
  expect(entriesOf(answer(Array.from({ length: 100 }, () => ({}))))).toHaveLength(mostEntries)
})

test.each([
  ['text', 1],
  [['a', 'b'], 2],
  [[1, 2, 3], 1],
  [[[1], [2]], 2],
  [[], 0],
  [undefined, undefined],
  [5, undefined],
])('%j asks for %s vectors', (input, count) => expect(inputsAsked(answer([], 200, { input }))).toBe(count))

test('base64 is base64', () => {
  expect(decodeBase64('AAAA')?.byteLength).toBe(3)
  for (const text of ['', 'AA==', 'AA\r\nAA', 'A+/=', 'AAAA\n']) expect(decodeBase64(text)).toBeDefined()
  for (const text of ['A-A_', 'AA=A', '{}', 'A===']) expect(decodeBase64(text)).toBeUndefined()
})

test('floats come in fours of bytes, in either order', () => {
  const bytes = new Uint8Array(Float32Array.from([1, -2.5]).buffer)
  expect([...(floatsOf(bytes, true) ?? [])]).toEqual([1, -2.5])
  expect([
    ...(floatsOf(
      bytes.map((_, at) => bytes[4 * (at >> 2) + 3 - (at & 3)] as number),
      false,
    ) ?? []),
  ]).toEqual([1, -2.5])
  for (const odd of [1, 2, 3, 5]) expect(floatsOf(new Uint8Array(odd), true)).toBeUndefined()
  expect(floatsOf(new Uint8Array(4 * 65_536), true)).toHaveLength(65_536)
  expect(floatsOf(new Uint8Array(4 * 65_537), true)).toBeUndefined()
})

test('finite and zero are said of all values', () => {
  expect([[1, 2], [], [0, Number.NaN], [Number.POSITIVE_INFINITY]].map(isFinite32)).toEqual([true, true, false, false])
  expect([[0, 0], [], [0, 1], [1, 0]].map(isZero)).toEqual([true, true, false, false])
})

test('vectors in whichever encoding, where they are sound', () => {
  const of = (...list: unknown[]) =>
    vectorsOf(answer(list.map((embedding) => ({ embedding })))).map((vector) => vector && Array.from(vector))
  expect(of([1, 2], base64(1, 2), [], '', ['x'], [null], 'no!', base64(Number.NaN), 'AAAA', undefined, {})).toEqual([
    [1, 2],
    [1, 2],
    ...Array.from({ length: 9 }, () => undefined),
  ])
  expect(
    of(
      Array.from({ length: 65_536 }, () => 0),
      Array.from({ length: 65_537 }, () => 0),
    ).map((vector) => vector?.length),
  ).toEqual([65_536, undefined])
})

test.each([
  [[1, 2, 3], 3],
  [[], 0],
  [[[1]], undefined],
  [base64(1, 2), 2],
  ['AAAA', undefined],
  ['', undefined],
  ['no!', undefined],
  [null, undefined],
])('%j has %s dimensions', (embedding, count) => expect(dimensionsOf(embedding)).toBe(count))

test('the cosine of two vectors', () => {
  expect(cosine([3, 4], [3, 4])).toBeCloseTo(1)
  expect(cosine([3, 4], [-6, -8])).toBeCloseTo(-1)
  expect(cosine([1, 0], [0, 2])).toBe(0)
  expect(cosine([1, 0], [1, 1])).toBeCloseTo(Math.SQRT1_2)
  for (const [one, other] of [
    [
      [0, 0],
      [1, 1],
    ],
    [
      [1, 1],
      [0, 0],
    ],
    [[0], [0]],
    [[1], [1, 2]],
  ] as const)
    expect(cosine(one, other)).toBeUndefined()
})

test('how far vectors lie apart, as a share of the longer one', () => {
  expect(distance([3, 4], [3, 4])).toBe(0)
  expect(distance([0, 0], [0, 0])).toBe(0)
  expect(distance([3, 4], [0, 0])).toBe(1)
  expect(distance([0, 0], [3, 4])).toBe(1)
  expect(distance([6, 8], [3, 4])).toBeCloseTo(0.5)
  expect(distance([3, 4], [6, 8])).toBeCloseTo(0.5)
  expect(distance([1], [1, 2])).toBe(Number.POSITIVE_INFINITY)
})
