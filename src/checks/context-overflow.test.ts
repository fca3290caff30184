import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { contextOverflow } from './context-overflow.ts'

const args = { windows: 2 }
const list = (entry: object) => json('GET /models', { object: 'list', data: [{ id: 'm', ...entry }] })
const prompt = { messages: [{ role: 'user', content: 'a '.repeat(2000) }] }
const answer = (status: number, tokens?: number) =>
  json(
    'POST /chat/completions',
    status === 200 ? { choices: [], ...(tokens && { usage: { prompt_tokens: tokens } }) } : { error: { message: 'too long' } },
    { status, breaks: 'messages', request: prompt },
  )
const says = (status: number, tokens?: number, entry: object = { max_model_len: 1000 }) =>
  judged(contextOverflow, [list(entry), answer(status, tokens)], args)

test.each([
  [400, ['held']],
  [413, ['held', 'note:lenient']],
  [422, ['held', 'note:lenient']],
  [500, ['status']],
  [502, ['status']],
  [404, ['status']],
  [429, ['unobserved']],
  [503, ['unobserved']],
  [403, ['unobserved']],
  [307, ['unobserved']],
] as const)('answered %i', (status, expected) => expect(says(status)).toEqual(expected))

test('a count far below the number of words is a cut', () => {
  expect(says(200, 1000)).toEqual(['cut'])
  expect(says(200, 12, {})).toEqual(['cut'])
})

test('a prompt that was taken whole contradicts only what the endpoint announces itself', () => {
  expect(says(200, 2010)).toEqual(['taken'])
  expect(says(200)).toEqual(['taken'])
  expect(says(200, 2010, { meta: { n_ctx_train: 1000 } })).toEqual(['unobserved'])
  expect(says(200, 2010, {})).toEqual(['unobserved'])
})

test('without a prompt there is nothing to judge', () => {
  expect(judged(contextOverflow, list({}), args)).toEqual(['unobserved'])
})
