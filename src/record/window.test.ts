import { expect, test } from 'vitest'
import { windowOf } from './window.ts'

const list = (...entries: readonly unknown[]) => ({ object: 'list', data: entries })

test.each([
  ['vLLM', { id: 'm', max_model_len: 4096 }, 4096],
  ['OpenRouter', { id: 'm', context_length: 8192 }, 8192],
  ['llama.cpp', { id: 'm', meta: { n_ctx_train: 131_072, vocab_type: 2 } }, 131_072],
  ['both', { id: 'm', meta: { n_ctx_train: 131_072, n_ctx: 2048 } }, 2048],
  ['none', { id: 'm' }, undefined],
  ['no number', { id: 'm', max_model_len: '4096', context_length: 0, meta: null }, undefined],
  ['another model', { id: 'other', max_model_len: 4096 }, undefined],
])('%s', (_, entry, window) => expect(windowOf(list(null, 7, entry), 'm')).toBe(window))

test.each([null, undefined, 7, [], { data: 'x' }, { data: [[]] }])('%j tells nothing', (body) => {
  expect(windowOf(body, 'm')).toBeUndefined()
})
