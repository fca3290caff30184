import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import type { Headers } from '../types.ts'
import { retryAfter } from './retry-after.ts'

const answered = (headers: Headers, status = 429, error: unknown = { message: 'no' }) =>
  judged(retryAfter, json('POST /chat/completions', { error }, { status, headers }))
const date: Headers = [['Date', 'Fri, 20 Nov 2026 10:00:00 GMT']]

test('holds', () => {
  expect(answered([['Retry-After', '0']])).toEqual(['held'])
  expect(answered([['retry-after', '20']], 503)).toEqual(['held'])
  expect(answered([...date, ['Retry-After', 'Fri, 20 Nov 2026 10:00:30 GMT']])).toEqual(['held'])
})
test('missing', () => expect(answered([])).toEqual(['missing']))
test.each(['20s', '1.5', '-1', 'soon'])('%s', (value) => expect(answered([['Retry-After', value]])).toEqual(['value']))
test('in the past', () => expect(answered([...date, ['Retry-After', 'Fri, 20 Nov 2026 09:00:00 GMT']])).toEqual(['past']))
test('not owed', () => {
  expect(answered([], 400)).toEqual(['unobserved'])
  expect(answered([], 429, { code: 'insufficient_quota' })).toEqual(['unobserved'])
})
