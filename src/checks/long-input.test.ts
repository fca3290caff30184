import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { longInput } from './long-input.ts'

const list = (entry: object) => json('GET /models', { data: [{ id: 'm', ...entry }] })
const chat = (prompt_tokens: number, status = 200) =>
  json('POST /chat/completions', status < 300 ? { choices: [], usage: { prompt_tokens } } : { error: { message: 'too long' } }, { status })
const says = (entry: object, before: number, after: number, status = 200) =>
  judged(longInput, [list(entry), chat(before), chat(after, status)], { times: 8 })

test('holds', () => {
  expect(says({ context_length: 32_768 }, 1000, 7800)).toEqual(['held'])
  expect(says({ meta: { n_ctx: 32_768 } }, 1000, 7000)).toEqual(['held'])
})
test('refused', () => {
  expect(says({ max_model_len: 32_768 }, 1000, 0, 400)).toEqual(['refused'])
  expect(says({ max_model_len: 32_768 }, 1000, 0, 413)).toEqual(['refused'])
})
test('unobserved', () => {
  expect(says({}, 1000, 0, 400)).toEqual(['unobserved'])
  expect(says({ context_length: 8192 }, 1000, 0, 400)).toEqual(['unobserved'])
  // more than the server has been told to keep, and only its training tells of it
  expect(says({ meta: { n_ctx_train: 131_072, n_ctx: 4096 } }, 1000, 0, 400)).toEqual(['unobserved'])
  expect(says({ context_length: 32_768 }, 1000, 4096)).toEqual(['unobserved'])
  expect(says({ context_length: 32_768 }, 1000, 0, 500)).toEqual(['unobserved'])
})
