import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { finishLast } from './finish-last.ts'

const piece = (delta: object, finish_reason: unknown = null, index: unknown = 0) => ({
  id: 'a',
  choices: [{ index, delta, finish_reason }],
})

test('holds', () => {
  expect(
    judged(
      finishLast,
      chatStream([piece({ content: 'a' }), piece({}, 'stop'), piece({ content: '' }), { choices: [], usage: {} }, '[DONE]']),
    ),
  ).toEqual(['held'])
  expect(judged(finishLast, chatStream([piece({}, 'stop'), piece({ content: 'b' }, null, 1), piece({}, 'stop', 1)]))).toEqual(['held'])
  expect(judged(finishLast, chatStream([piece({ content: 'a' }, 'stop'), piece({ content: 'b' }, 'stop')]))).toEqual(['held'])
})
test('something comes late', () => {
  expect(judged(finishLast, chatStream([piece({}, 'stop'), piece({ content: 'b' }), piece({ content: 'c' })]))).toEqual([
    'payload-after-finish',
  ])
  expect(judged(finishLast, chatStream([piece({}, 'stop'), piece({ reasoning_content: 'b' })]))).toEqual(['payload-after-finish'])
  expect(judged(finishLast, chatStream([piece({}, 'stop'), piece({ tool_calls: [{ index: 0 }] })]))).toEqual(['payload-after-finish'])
})
test('no finish', () => {
  expect(judged(finishLast, chatStream([piece({ content: 'a' })]))).toEqual(['unobserved'])
  expect(judged(finishLast, chatStream([piece({}, ''), piece({ content: 'a' })]))).toEqual(['unobserved'])
  expect(judged(finishLast, json('POST /chat/completions', {}))).toEqual(['unobserved'])
})
