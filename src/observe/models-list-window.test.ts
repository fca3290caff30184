import { expect, test } from 'vitest'
import { observed } from '../testing/observed.ts'
import { json } from '../testing/transcript.ts'
import { modelsListWindow } from './models-list-window.ts'

const list = (...entries: unknown[]) => json('GET /models', { object: 'list', data: entries })

test.each([
  ['max_model_len', { max_model_len: 32768 }],
  ['context_length', { context_length: 32768 }],
  ['context_window', { context_window: 32768 }],
  ['max_context_length', { max_context_length: 32768 }],
  ['max_input_tokens', { max_input_tokens: 32768 }],
  ['meta.n_ctx', { meta: { n_ctx: 4096, n_ctx_train: 32768 } }],
  ['meta.n_ctx_train', { meta: { n_ctx_train: 32768 } }],
  ['none', { max_model_len: null }],
])('%s', (value, entry) => expect(observed(modelsListWindow, list({ id: 'a' }, null, { id: 'b', ...entry }))).toBe(value))
test('nothing to tell', () => {
  expect(observed(modelsListWindow, list())).toBeUndefined()
  expect(observed(modelsListWindow, json('GET /models', { error: {} }, { status: 404 }))).toBeUndefined()
})
