import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { modelMetadata } from './model-metadata.ts'

const list = (...data: unknown[]) => judged(modelMetadata, json('GET /models', { object: 'list', data }))

test('holds', () => expect(list({ id: 'a', max_model_len: 4096, meta: { n_ctx_train: 8192 } })).toEqual(['held']))
test.each(['4096', 0, -1, 1.5, {}])('%j is no limit', (value) => expect(list({ id: 'a', context_length: value })).toEqual(['limit']))
test('no limits', () => {
  expect(list({ id: 'a' }, 5, { max_model_len: null })).toEqual(['unobserved'])
  expect(judged(modelMetadata, json('GET /models', {}, { status: 404 }))).toEqual(['unobserved'])
})
