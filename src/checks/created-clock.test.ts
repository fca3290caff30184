import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { createdClock } from './created-clock.ts'

const date = 'Sun, 26 Oct 2025 12:00:00 GMT'
const now = 1_761_480_000
const answer = (created: unknown, at?: string) =>
  json(
    'POST /chat/completions',
    { created, choices: [] },
    { headers: [['content-type', 'application/json'], ...(at === undefined ? [] : [['Date', at] as const])] },
  )

test('holds', () => {
  expect(judged(createdClock, answer(now, date))).toEqual(['held'])
  expect(judged(createdClock, answer(now - 80_000, date))).toEqual(['held'])
  expect(judged(createdClock, answer(951_782_400, 'Tue, 29 Feb 2000 00:00:00 GMT'))).toEqual(['held'])
  expect(judged(createdClock, answer(now))).toEqual(['held'])
  expect(judged(createdClock, answer(now, 'yesterday'))).toEqual(['held'])
  expect(
    judged(
      createdClock,
      chatStream([
        { id: '', object: '', created: 0, model: '', choices: [], prompt_filter_results: [] },
        { created: now, choices: [] },
        '[DONE]',
      ]),
    ),
  ).toEqual(['held'])
})
test('milliseconds', () => {
  expect(judged(createdClock, answer(now * 1000, date))).toEqual(['milliseconds'])
  expect(judged(createdClock, chatStream([{ created: now * 1000, choices: [] }]))).toEqual(['milliseconds'])
})
test('far from the clock of the server', () => {
  expect(judged(createdClock, answer(now - 90_000, date))).toEqual(['clock'])
  expect(judged(createdClock, answer(0))).toEqual(['clock'])
  expect(judged(createdClock, answer(-5, date))).toEqual(['clock'])
  expect(
    judged(
      createdClock,
      chatStream([
        { created: 0, choices: [] },
        { created: now, choices: [] },
      ]),
    ),
  ).toEqual(['clock'])
})
test('no integer', () => {
  expect(judged(createdClock, answer('1761480000', date))).toEqual(['unobserved'])
  expect(judged(createdClock, answer(1761480000.5, date))).toEqual(['unobserved'])
  expect(judged(createdClock, json('POST /chat/completions', null))).toEqual(['unobserved'])
  expect(judged(createdClock, chatStream(['[DONE]']))).toEqual(['unobserved'])
})
