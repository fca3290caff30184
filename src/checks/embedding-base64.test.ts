import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { embeddingBase64 } from './embedding-base64.ts'

const vector = [0.25, -0.5, 0.125, 0.8]
const answer = (embedding: unknown, request: object = {}) =>
  json('POST /embeddings', { data: [{ index: 0, embedding }] }, { request: { input: 'x', ...request } })
const floats = answer(vector)
const packed = (embedding: unknown) => answer(embedding, { encoding_format: 'base64' })
const pack = (values: readonly number[]) => Buffer.from(Float32Array.from(values).buffer)
const after = (embedding: unknown) => judged(embeddingBase64, [floats, packed(embedding)])

test('holds', () => {
  expect(after(pack(vector).toString('base64'))).toEqual(['held'])
  expect(after(pack(vector).toString('base64').replace(/=+$/, ''))).toEqual(['held'])
  expect(after(pack(vector.map((value) => value * 1.002)).toString('base64'))).toEqual(['held'])
})
test('no base64', () => {
  expect(after(vector)).toEqual(['not-base64'])
  expect(after('a-b_')).toEqual(['not-base64'])
  expect(after(`data:application/octet-stream;base64,${pack(vector).toString('base64')}`)).toEqual(['not-base64'])
  expect(judged(embeddingBase64, packed(vector))).toEqual(['not-base64'])
})
test('another number of bytes', () => {
  expect(after(pack([...vector, ...vector]).toString('base64'))).toEqual(['length'])
  expect(after(Buffer.from(JSON.stringify(vector)).toString('base64'))).toEqual(['length'])
  expect(judged(embeddingBase64, packed('AAA='))).toEqual(['length'])
})
test('another order of bytes', () => {
  expect(after(pack(vector).swap32().toString('base64'))).toEqual(['byte-order'])
})
test('no finite numbers', () => {
  expect(after(pack([Number.NaN, 1, 2, 3]).toString('base64'))).toEqual(['not-finite'])
  expect(judged(embeddingBase64, packed(pack([Number.NaN]).toString('base64')))).toEqual(['not-finite'])
})
test('another vector', () => {
  expect(after(pack([1, 2, 3, 4]).toString('base64'))).toEqual(['differs'])
  expect(after(pack(vector.map((value) => value * 2)).toString('base64'))).toEqual(['differs'])
})
test('nothing to look at', () => {
  expect(judged(embeddingBase64, packed(pack(vector).toString('base64')))).toEqual(['unobserved'])
  expect(judged(embeddingBase64, [answer(vector, { input: 'y' }), packed(pack(vector).toString('base64'))])).toEqual(['unobserved'])
  expect(after('')).toEqual(['unobserved'])
  expect(after(null)).toEqual(['unobserved'])
  expect(judged(embeddingBase64, floats)).toEqual(['unobserved'])
  expect(judged(embeddingBase64, json('POST /embeddings', { error: {} }, { status: 400, request: { encoding_format: 'base64' } }))).toEqual(
    ['unobserved'],
  )
})
