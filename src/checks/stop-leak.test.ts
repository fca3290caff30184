import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { stopLeak } from './stop-leak.ts'

const messages = [{ role: 'user', content: 'Repeat this line exactly: alpha BRAVO charlie' }]
const stream = (content: string, finish_reason = 'stop', stop: unknown = 'BRAVO') =>
  chatStream([{ choices: [{ index: 0, delta: { content }, finish_reason }] }, '[DONE]'], { request: { messages, stop } })

test('holds', () => {
  expect(judged(stopLeak, stream('alpha '))).toEqual(['held'])
  expect(judged(stopLeak, stream('alpha'))).toEqual(['held'])
})
test('first letters got out', () => {
  expect(judged(stopLeak, stream('alpha BRA'))).toEqual(['partial'])
  expect(judged(stopLeak, stream('alpha B', 'stop', ['BRAVO', 'zzz']))).toEqual(['partial'])
})
test('no stop, or all of it', () => {
  expect(judged(stopLeak, stream('alpha BRAVO'))).toEqual(['unobserved'])
  expect(judged(stopLeak, stream('alpha BRA', 'length'))).toEqual(['unobserved'])
  expect(judged(stopLeak, stream('well'))).toEqual(['unobserved'])
  expect(judged(stopLeak, stream(''))).toEqual(['unobserved'])
  expect(judged(stopLeak, stream('alpha BRA', 'stop', 'zzz'))).toEqual(['unobserved'])
  expect(
    judged(
      stopLeak,
      json(
        'POST /chat/completions',
        { choices: [{ message: { content: 'alpha BRA' }, finish_reason: 'stop' }] },
        { request: { messages, stop: 'BRAVO' } },
      ),
    ),
  ).toEqual(['unobserved'])
})
