import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { embeddingDimensions } from './embedding-dimensions.ts'

const answer = (embedding: unknown, request: object = { dimensions: 2 }) =>
  json('POST /embeddings', { data: [{ index: 0, embedding }] }, { request: { input: 'x', ...request } })
const refusal = (status: number) =>
  json('POST /embeddings', { error: { message: 'No.' } }, { status, request: { input: 'x', dimensions: 2 } })

test('holds', () => {
  expect(judged(embeddingDimensions, answer([1, 2]))).toEqual(['held'])
  expect(judged(embeddingDimensions, answer(Buffer.alloc(8).toString('base64')))).toEqual(['held'])
  expect(judged(embeddingDimensions, refusal(400))).toEqual(['held'])
  expect(judged(embeddingDimensions, refusal(422))).toEqual(['held', 'note:lenient'])
})
test('another length', () => {
  expect(judged(embeddingDimensions, answer([1, 2, 3]))).toEqual(['ignored'])
  expect(judged(embeddingDimensions, answer(Buffer.alloc(12).toString('base64')))).toEqual(['ignored'])
})
test('nothing to look at', () => {
  expect(judged(embeddingDimensions, answer([1], {}))).toEqual(['unobserved'])
  expect(judged(embeddingDimensions, answer([]))).toEqual(['unobserved'])
  expect(judged(embeddingDimensions, answer('?'))).toEqual(['unobserved'])
  expect(judged(embeddingDimensions, refusal(404))).toEqual(['unobserved'])
  expect(judged(embeddingDimensions, refusal(500))).toEqual(['unobserved'])
})
