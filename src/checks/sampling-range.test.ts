import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { samplingRange } from './sampling-range.ts'

const good = (status: number, body: unknown = {}) => json('POST /chat/completions', body, { status })
const bad = (status: number) => json('POST /chat/completions', {}, { status, breaks: 'temperature' })

test('holds', () => {
  expect(judged(samplingRange, good(200))).toEqual(['held'])
  expect(judged(samplingRange, bad(400))).toEqual(['held'])
  expect(judged(samplingRange, bad(422))).toEqual(['held', 'note:lenient'])
})
test('a good value refused', () => {
  expect(judged(samplingRange, good(400))).toEqual(['refused'])
  expect(judged(samplingRange, good(422))).toEqual(['refused'])
})
test('a bad value accepted', () => {
  expect(judged(samplingRange, bad(200))).toEqual(['status'])
  expect(judged(samplingRange, bad(500))).toEqual(['status'])
})
test('something else', () => {
  expect(judged(samplingRange, good(401))).toEqual(['unobserved'])
  expect(judged(samplingRange, good(429))).toEqual(['unobserved'])
  expect(judged(samplingRange, good(500))).toEqual(['unobserved'])
  expect(judged(samplingRange, good(200, { error: { message: 'no' } }))).toEqual(['unobserved'])
  expect(judged(samplingRange, bad(429))).toEqual(['unobserved'])
})
