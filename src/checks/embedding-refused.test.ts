import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { embeddingRefused } from './embedding-refused.ts'

const good = json('POST /embeddings', { data: [{ index: 0, embedding: [1, 2, 3] }] }, { request: { model: 'e', input: 'x' } })
const refusal = (breaks: string, status: number) => json('POST /embeddings', { error: { message: 'No.' } }, { status, breaks })
const chat = (embedding: unknown) =>
  json('POST /embeddings', { data: [{ index: 0, embedding }] }, { request: { model: 'm', input: 'x' }, breaks: 'chat-model' })

test('holds', () => {
  expect(judged(embeddingRefused, refusal('input', 400))).toEqual(['held'])
  expect(judged(embeddingRefused, refusal('input', 422))).toEqual(['held', 'note:lenient'])
  expect(judged(embeddingRefused, refusal('chat-model', 400))).toEqual(['held'])
  expect(judged(embeddingRefused, refusal('chat-model', 404))).toEqual(['held', 'note:lenient'])
})
test('another status', () => {
  expect(judged(embeddingRefused, json('POST /embeddings', { data: [] }, { breaks: 'input' }))).toEqual(['status'])
  expect(judged(embeddingRefused, refusal('input', 500))).toEqual(['status'])
  expect(judged(embeddingRefused, refusal('chat-model', 500))).toEqual(['status'])
})
test('a chat model without a vector', () => {
  expect(judged(embeddingRefused, [good, chat([0, 0, 0])])).toEqual(['no-vector'])
  expect(judged(embeddingRefused, [good, chat([])])).toEqual(['no-vector'])
})
test('the vector of the other model', () => {
  expect(judged(embeddingRefused, [good, chat([1, 2, 3.001])])).toEqual(['substituted'])
  expect(judged(embeddingRefused, [good, chat([1, 2, 3])], undefined, ['single-model'])).toEqual(['unobserved'])
})
test('nothing to look at', () => {
  expect(judged(embeddingRefused, good)).toEqual(['unobserved'])
  expect(judged(embeddingRefused, [good, chat([3, 2, 1])])).toEqual(['unobserved'])
  expect(judged(embeddingRefused, [good, chat([3, 2])])).toEqual(['unobserved'])
  expect(judged(embeddingRefused, refusal('input', 429))).toEqual(['unobserved'])
  const cut = json('POST /embeddings', { data: [] }, { breaks: 'chat-model', end: 'truncated' })
  expect(judged(embeddingRefused, cut)).toEqual(['unobserved'])
})
