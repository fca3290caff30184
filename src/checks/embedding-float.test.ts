import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { embeddingFloat } from './embedding-float.ts'

const answer = (vectors: readonly unknown[], request: object = {}) =>
  json('POST /embeddings', { data: vectors.map((embedding, index) => ({ index, embedding })) }, { request: { input: 'x', ...request } })
const text = (body: string) => json('POST /embeddings', null, { request: { input: 'x' }, text: body })

test('holds', () => {
  expect(judged(embeddingFloat, answer([[0.1, -2, 1e-20]]))).toEqual(['held'])
  expect(judged(embeddingFloat, [answer([[1, 2]]), answer([[1, 3]], { encoding_format: 'float' })])).toEqual(['held'])
  expect(judged(embeddingFloat, [answer([[1, 2, 3]], { dimensions: 3 }), answer([[1, 3]])])).toEqual(['held'])
})
test('another encoding', () => {
  expect(judged(embeddingFloat, answer(['AAAA']))).toEqual(['encoding'])
})
test('no number', () => {
  expect(judged(embeddingFloat, answer([['1', '2']]))).toEqual(['not-number'])
  expect(judged(embeddingFloat, answer([[1, null]]))).toEqual(['not-number'])
  expect(judged(embeddingFloat, answer([[[1, 2]]]))).toEqual(['not-number'])
})
test('no finite number', () => {
  expect(judged(embeddingFloat, text('{"data":[{"index":0,"embedding":[1e999,2]}]}'))).toEqual(['not-finite'])
})
test('different lengths', () => {
  expect(judged(embeddingFloat, answer([[1, 2], [1]]))).toEqual(['length'])
  expect(judged(embeddingFloat, [answer([[1, 2]]), answer([[1]], { encoding_format: 'float' })])).toEqual(['length'])
})
test('nothing to look at', () => {
  expect(judged(embeddingFloat, answer([[], null, {}]))).toEqual(['unobserved'])
  expect(judged(embeddingFloat, answer(['AAAA'], { encoding_format: 'base64' }))).toEqual(['unobserved'])
  expect(judged(embeddingFloat, json('POST /embeddings', { data: {} }))).toEqual(['unobserved'])
  expect(judged(embeddingFloat, json('POST /embeddings', { error: {} }, { status: 400 }))).toEqual(['unobserved'])
})
