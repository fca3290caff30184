import { expect, test } from 'vitest'
import { chatStream, json, judged, raw } from '../testing/transcript.ts'
import { afterDone } from './after-done.ts'

const piece = (delta: object, finish_reason: unknown = null, index: unknown = 0) => ({
  id: 'a',
  choices: [{ index, delta, finish_reason }],
})

test('holds', () => {
  expect(judged(afterDone, chatStream([piece({}), '[DONE]']))).toEqual(['held'])
  expect(
    judged(
      afterDone,
      raw('POST /chat/completions', 'data: [DONE]\n\n: bye\n\n\n', {
        headers: [['content-type', 'text/event-stream']],
        request: { stream: true },
      }),
    ),
  ).toEqual(['held'])
})
test('twice', () => {
  expect(judged(afterDone, chatStream([piece({}), '[DONE]', '[DONE]']))).toEqual(['repeated'])
})
test('something after', () => {
  expect(judged(afterDone, chatStream(['[DONE]', { choices: [], usage: {} }]))).toEqual(['event-after-done'])
  expect(judged(afterDone, chatStream(['[DONE]', 'bye']))).toEqual(['event-after-done'])
})
test('no sentinel, or one that came too early', () => {
  expect(judged(afterDone, chatStream([piece({})]))).toEqual(['unobserved'])
  expect(judged(afterDone, chatStream([piece({}), '[DONE]', piece({}, 'stop')]))).toEqual(['unobserved'])
  expect(judged(afterDone, json('POST /chat/completions', {}))).toEqual(['unobserved'])
})
