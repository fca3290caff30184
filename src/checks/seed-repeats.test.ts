import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { seedRepeats } from './seed-repeats.ts'

const answer = (content: string, status = 200, seed: unknown = 7) =>
  json('POST /chat/completions', { choices: [{ index: 0, message: { content } }] }, { status, request: { seed } })

test('holds', () => {
  expect(judged(seedRepeats, [answer('a'), answer('a')])).toEqual(['held'])
  expect(judged(seedRepeats, answer('a'))).toEqual(['held'])
})
test('another text is told', () => {
  expect(judged(seedRepeats, [answer('a'), answer('b')])).toEqual(['held', 'note:differs'])
})
test('refused', () => {
  expect(judged(seedRepeats, [answer('a'), answer('', 400)])).toEqual(['refused'])
})
test('no seed, no success', () => {
  expect(judged(seedRepeats, answer('a', 200, null))).toEqual(['unobserved'])
  expect(judged(seedRepeats, answer('a', 500))).toEqual(['unobserved'])
})
