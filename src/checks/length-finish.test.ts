import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { lengthFinish } from './length-finish.ts'

const answer = (finish_reason: unknown, completion_tokens?: number, content = 'Rivers are', request: object = { max_tokens: 16 }) =>
  json(
    'POST /chat/completions',
    { choices: [{ index: 0, message: { content }, finish_reason }], usage: { completion_tokens } },
    { request: { ...request } },
  )
const stream = (finish_reason: string, content = 'Rivers are', usage?: object) =>
  chatStream(
    [
      { choices: [{ index: 0, delta: { content }, finish_reason: null }] },
      { choices: [{ index: 0, delta: {}, finish_reason }] },
      { choices: [], usage },
      '[DONE]',
    ],
    {
      request: { max_completion_tokens: 16 },
    },
  )

test('holds', () => {
  expect(judged(lengthFinish, answer('length', 16))).toEqual(['held'])
  expect(judged(lengthFinish, answer('length'))).toEqual(['held'])
  expect(judged(lengthFinish, [answer('length', 16), stream('length')])).toEqual(['held'])
})
test('cut without saying so', () => {
  expect(judged(lengthFinish, answer('stop', 16))).toEqual(['finish'])
  expect(judged(lengthFinish, answer('tool_calls', 16))).toEqual(['finish'])
  expect(judged(lengthFinish, answer('content_filter', 16))).toEqual(['finish'])
  expect(judged(lengthFinish, [answer('length', 16), stream('stop')])).toEqual(['finish'])
  expect(judged(lengthFinish, stream('stop', 'Rivers are', { completion_tokens: 16 }))).toEqual(['finish'])
})
test('a finish on every chunk is judged elsewhere', () => {
  const often = ['stop', 'stop', 'length'].map((finish_reason) => ({ choices: [{ index: 0, delta: { content: 'a' }, finish_reason }] }))
  const usage = { completion_tokens: 16 }
  expect(judged(lengthFinish, chatStream([...often, { choices: [], usage }, '[DONE]'], { request: { max_tokens: 16 } }))).toEqual([
    'unobserved',
  ])
})
test('not known to be cut', () => {
  expect(judged(lengthFinish, answer('stop', 9))).toEqual(['unobserved'])
  expect(judged(lengthFinish, answer('stop'))).toEqual(['unobserved'])
  expect(judged(lengthFinish, answer('stop', 700))).toEqual(['unobserved'])
  expect(judged(lengthFinish, answer('eos', 16))).toEqual(['unobserved'])
  expect(judged(lengthFinish, answer(null, 16))).toEqual(['unobserved'])
  expect(judged(lengthFinish, stream('stop'))).toEqual(['unobserved'])
  expect(judged(lengthFinish, [answer('length', 16), stream('stop', 'Something else')])).toEqual(['unobserved'])
  expect(judged(lengthFinish, answer('stop', 16, 'x', { max_tokens: 8, n: 2 }))).toEqual(['unobserved'])
})
