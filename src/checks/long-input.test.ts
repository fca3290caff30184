import { expect, test } from 'vitest'
import { json, judged, type Options } from '../testing/transcript.ts'
import type { View } from '../types.ts'
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
const window = list({ context_length: 32_768 })
const counted = (usage: object, options: Options = {}, members: object = {}) =>
  json('POST /chat/completions', { choices: [], usage, ...members }, options)
const short = counted({ prompt_tokens: 1000 })
const failed = { choices: undefined, error: { message: 'no' } }

test('four fifths of the window are owed, and four fifths of the estimate are enough', () => {
  expect(says({ context_length: 10_000 }, 1000, 0, 400)).toEqual(['refused'])
  expect(says({ context_length: 9999 }, 1000, 0, 400)).toEqual(['unobserved'])
  expect(says({ context_length: 32_768 }, 1000, 6400)).toEqual(['held'])
  expect(says({ context_length: 32_768 }, 1000, 6399)).toEqual(['unobserved'])
})
test('of several windows the smallest counts, and only those of the model', () => {
  expect(says({ context_length: 32_768, meta: { n_ctx: 4096 } }, 1000, 0, 400)).toEqual(['unobserved'])
  const models = json('GET /models', { data: [{ id: 'zz', context_length: 4096 }, null, { id: 'm', context_length: 32_768 }] })
  expect(judged(longInput, [models, chat(1000), chat(0, 400)], { times: 8 })).toEqual(['refused'])
})
test.each<readonly [string, readonly [View, ...View[]]]>([
  ['only the list', [window]],
  ['a list that was refused', [json('GET /models', window.json, { status: 404 }), short, chat(0, 400)]],
  ['a shorter prompt that was refused', [window, counted({ prompt_tokens: 1000 }, { status: 500 }), chat(0, 400)]],
  ['a shorter prompt that failed', [window, counted({ prompt_tokens: 1000 }, {}, failed), chat(0, 400)]],
  ['a shorter prompt that was not counted', [window, counted({}), chat(0, 400)]],
  ['a long prompt that failed', [window, short, counted({ prompt_tokens: 7800 }, {}, failed)]],
  ['an error with a count', [window, short, counted({ prompt_tokens: 7800 }, { status: 500 })]],
  ['an answer that was cut', [window, short, counted({ prompt_tokens: 7800 }, { end: 'truncated' })]],
])('unobserved with %s', (_, views) => expect(judged(longInput, views, { times: 8 })).toEqual(['unobserved']))
test.each([
  [undefined, 'prompts are not counted, or all alike'],
  [1000, 'prompts are not counted, or all alike'],
  [1001, 'counted 1001 tokens of about 8000'],
])('the reason where the long prompt counts %s', (prompt_tokens, reason) => {
  const context = { requirement: 'some.requirement', traits: new Set<never>(), declared: false }
  const outcome = longInput.judge([window, short, counted({ prompt_tokens })], { times: 8 }, context)
  expect(outcome).toEqual({ kind: 'unobserved', reason })
})
