import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { choicesEmpty } from './choices-empty.ts'

const piece = (delta: object, finish_reason: unknown = null, index: unknown = 0) => ({
  id: 'a',
  choices: [{ index, delta, finish_reason }],
})

test('holds', () => {
  expect(judged(choicesEmpty, chatStream([piece({}), { choices: [], usage: {} }, '[DONE]']))).toEqual(['held'])
  expect(
    judged(
      choicesEmpty,
      chatStream([
        { choices: [], prompt_filter_results: [] },
        { choices: [], sglext: {} },
      ]),
    ),
  ).toEqual(['held'])
  expect(judged(choicesEmpty, chatStream([{ error: {}, choices: [] }, piece({})]))).toEqual(['held'])
  expect(
    judged(choicesEmpty, chatStream([{ choices: [], usage: null }], { request: { stream_options: { include_usage: true } } })),
  ).toEqual(['held'])
})
test('empty for nothing', () => {
  expect(
    judged(choicesEmpty, chatStream([piece({}), { id: 'a', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [] }])),
  ).toEqual(['empty'])
  expect(judged(choicesEmpty, chatStream([{ choices: [], usage: null, obfuscation: 'x' }]))).toEqual(['empty'])
})
test('no lists', () => {
  expect(judged(choicesEmpty, chatStream([{ choices: null }, { choices: {} }, 'garbage', '[DONE]']))).toEqual(['unobserved'])
  expect(judged(choicesEmpty, json('POST /chat/completions', { choices: [] }))).toEqual(['unobserved'])
})
