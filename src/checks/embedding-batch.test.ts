import { expect, test } from 'vitest'
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
