import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { embeddingShape } from './embedding-shape.ts'

const answer = (data: unknown, input: unknown = 'hello') => json('POST /embeddings', { object: 'list', data }, { request: { input } })
const entry = (index: unknown = 0) => ({ object: 'embedding', index, embedding: [1] })

test('holds', () => {
  expect(judged(embeddingShape, answer([entry()]))).toEqual(['held'])
  expect(judged(embeddingShape, answer([entry()], [5, 6, 7]))).toEqual(['held'])
  expect(judged(embeddingShape, answer([entry()], ['a', 'b']))).toEqual(['held'])
})
test('another number of entries', () => {
  expect(judged(embeddingShape, answer([entry(), entry(1)]))).toEqual(['count'])
  expect(judged(embeddingShape, answer([]))).toEqual(['count'])
  expect(judged(embeddingShape, answer([entry(), entry(1), entry(2)], [5, 6, 7]))).toEqual(['count'])
})
test('another index', () => {
  expect(judged(embeddingShape, answer([entry(1)]))).toEqual(['index'])
})
test('nothing to look at', () => {
  expect(judged(embeddingShape, answer('none'))).toEqual(['unobserved'])
  expect(judged(embeddingShape, answer([], []))).toEqual(['unobserved'])
  expect(judged(embeddingShape, answer([entry('0')]))).toEqual(['held'])
  expect(judged(embeddingShape, json('POST /embeddings', null))).toEqual(['unobserved'])
})
