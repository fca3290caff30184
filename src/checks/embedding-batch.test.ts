import { expect, test } from 'vitest'
import { told } from '../testing/told.ts'
import { json, judged } from '../testing/transcript.ts'
import { embeddingBatch } from './embedding-batch.ts'

const [a, b, c] = [
  [1, 0, 0.1],
  [0, 1, 0.1],
  [0.1, 0.2, 1],
]
const texts = ['a', 'b', 'a', 'c']
const list = (vectors: readonly unknown[], { input = texts as unknown, index = (at: number): unknown => at } = {}) =>
  json(
    'POST /embeddings',
    { data: vectors.map((embedding, at) => ({ object: 'embedding', index: index(at), embedding })) },
    { request: { input } },
  )
const single = (input: unknown, vector: unknown) => list([vector], { input })
const packed = (vector: readonly number[]) => Buffer.from(Float32Array.from(vector).buffer).toString('base64')

test('holds', () => {
  expect(judged(embeddingBatch, list([a, b, a, c]))).toEqual(['held'])
  expect(judged(embeddingBatch, list([a, b, [1, 0.002, 0.101], c]))).toEqual(['held'])
  expect(judged(embeddingBatch, list([a, b, a, c].map((vector) => packed(vector as number[]))))).toEqual(['held'])
  // a model to which all texts mean nearly the same
  expect(
    judged(
      embeddingBatch,
      list([
        [1, 1.0001],
        [1, 1.0002],
        [1, 1.0001],
        [1, 1.0003],
      ]),
    ),
  ).toEqual(['held'])
  expect(judged(embeddingBatch, [list([a, b, a, c]), single('b', [0, 1.001, 0.1])])).toEqual(['held'])
})
test('a vector for each', () => {
  expect(judged(embeddingBatch, list([a]))).toEqual(['count'])
  expect(judged(embeddingBatch, list([a, b, c]))).toEqual(['count'])
})
test('numbers of the places', () => {
  expect(judged(embeddingBatch, list([a, b, a, c], { index: () => 0 }))).toEqual(['index', 'index', 'index'])
  expect(judged(embeddingBatch, list([a, b, a, c], { index: (at) => 3 - at }))).toHaveLength(4)
})
test('another order', () => {
  expect(judged(embeddingBatch, list([b, a, a, c]))).toEqual(['order'])
  expect(judged(embeddingBatch, [list([a, c, a, b]), single('b', b)])).toEqual(['order'])
})
test('one vector for several texts', () => {
  expect(judged(embeddingBatch, list([a, a, a, a]))).toEqual(['same'])
})
test('nothing to look at', () => {
  expect(judged(embeddingBatch, single('b', b))).toEqual(['unobserved'])
  expect(judged(embeddingBatch, [list([a, b, a, c]), single('b', [0, 0, 0])])).toEqual(['unobserved'])
  // neither near to its own place nor to any other
  expect(judged(embeddingBatch, [list([a, b, a, c]), single('b', [0.5, 0.9, -1])])).toEqual(['unobserved'])
  expect(judged(embeddingBatch, json('POST /embeddings', {}, { request: { input: texts } }))).toEqual(['unobserved'])
  expect(judged(embeddingBatch, json('POST /embeddings', { data: [1, 2, 3, 4] }, { request: { input: texts } }))).toEqual(['unobserved'])
  expect(judged(embeddingBatch, json('POST /embeddings', { error: {} }, { request: { input: texts }, status: 400 }))).toEqual([
    'unobserved',
  ])
  expect(judged(embeddingBatch, list([['x'], null, [], 'é'], { index: () => 'one' }))).toEqual(['held'])
})

test('where it is told, and what was there', () => {
  expect(told(embeddingBatch, list([a]))).toEqual(['count at /data: 4 entries, not 1 entries'])
  expect(told(embeddingBatch, list([a, b, a, c], { index: (at) => (at === 2 ? 7 : at) }))).toEqual(['index at /data/2/index: 2, not 7'])
  expect(told(embeddingBatch, list([b, a, a, c]))[0]).toMatch(
    /^order at \/data\/2\/embedding: like the vector of the same text at 0, not cosine 0\.\d{4}$/,
  )
  expect(told(embeddingBatch, list([a, a, a, c]))).toEqual(['same at /data/1/embedding: another vector than that of "a", not the same'])
  expect(told(embeddingBatch, [list([a, c, a, b]), single('b', b)])[0]).toMatch(/^order at \/data\/3\/embedding: /)
})
test('what is told once, and what is not asked', () => {
  const wrong = { index: (at: number) => at + 1 }
  expect(judged(embeddingBatch, list([a, a, a, a], wrong))).toEqual(['index', 'index', 'index', 'index'])
  expect(judged(embeddingBatch, list([a], { input: ['a'] }))).toEqual(['unobserved'])
  expect(judged(embeddingBatch, list([a, b], { input: ['a', 5] }))).toEqual(['unobserved'])
  expect(
    judged(
      embeddingBatch,
      list([
        [0, 0],
        [1, 0],
        [0, 0],
        [0, 1],
      ]),
    ),
  ).toEqual(['held'])
  expect(
    judged(
      embeddingBatch,
      list([
        [1, 0],
        [1, 0, 0],
        [1, 0],
        [0, 1],
      ]),
    ),
  ).toEqual(['held'])
  const many = Array.from({ length: 18 }, (_, at) => `text ${at}`)
  const vectors = many.map((_, at) => [1, at])
  expect(judged(embeddingBatch, list(vectors.with(17, [1, 16]), { input: many }))).toEqual(['held'])
  expect(judged(embeddingBatch, list(vectors.with(15, [1, 14]), { input: many }))).toEqual(['same'])
})
test('a single text is held against a list that has it, whole, and nearer by more than chance', () => {
  const after = (vector: readonly number[], ...before: ReturnType<typeof list>[]) =>
    judged(embeddingBatch, [...before, single('b', vector)] as never)
  const whole = list([a, b, a, c])
  expect(after(b, whole)).toEqual(['held'])
  expect(after(b, list([a, b, a]))).toEqual(['unobserved'])
  expect(after(b, list([a, c], { input: ['a', 'c'] }))).toEqual(['unobserved'])
  expect(after(b, single('b', b))).toEqual(['unobserved'])
  const near = list([
    [1, 0],
    [0.9995, 0.0316],
    [1, 0],
    [0, 1],
  ])
  expect(after([1, 0], near)).toEqual(['held'])
})
