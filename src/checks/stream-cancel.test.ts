import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { streamCancel } from './stream-cancel.ts'

const answer = (endAtMs: number, status = 200) => json('POST /chat/completions', { choices: [] }, { endAtMs, status })
const left = chatStream([{ choices: [] }], { end: 'stopped' })

test('holds', () => {
  expect(judged(streamCancel, [answer(400), left, answer(600)])).toEqual(['held'])
  expect(judged(streamCancel, [answer(400), left, answer(4000)])).toEqual(['held'])
})
test('the next answer had to wait', () => {
  expect(judged(streamCancel, [answer(400), left, answer(20_000)])).toEqual(['slow'])
})
test('the server broke', () => {
  expect(judged(streamCancel, [answer(400), left, answer(10, 500)])).toEqual(['unhealthy'])
})
test('nothing to compare', () => {
  expect(judged(streamCancel, answer(400))).toEqual(['unobserved'])
  expect(judged(streamCancel, [answer(400), chatStream([]), answer(20_000)])).toEqual(['unobserved'])
  expect(judged(streamCancel, [answer(400), left, answer(10, 503)])).toEqual(['unobserved'])
  expect(judged(streamCancel, [answer(400), left, answer(10, 400)])).toEqual(['unobserved'])
  expect(judged(streamCancel, [answer(400, 500), left, answer(20_000)])).toEqual(['unobserved'])
  expect(judged(streamCancel, [answer(400), left])).toEqual(['unobserved'])
})
