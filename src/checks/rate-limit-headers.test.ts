import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import type { Headers } from '../types.ts'
import { rateLimitHeaders } from './rate-limit-headers.ts'

const all: Headers = [
  ['x-ratelimit-limit-requests', '60'],
  ['X-RateLimit-Remaining-Requests', '59'],
  ['x-ratelimit-reset-requests', '1s'],
  ['x-ratelimit-limit-tokens', '150000'],
  ['x-ratelimit-remaining-tokens', '149984'],
  ['x-ratelimit-reset-tokens', '6m0s'],
]
const answered = (headers: Headers, status = 200) => judged(rateLimitHeaders, json('POST /chat/completions', {}, { status, headers }))

test('holds', () => expect(answered(all)).toEqual(['held']))
test('one is missing', () => expect(answered(all.slice(1))).toEqual(['missing']))
test('no number', () => expect(answered([...all.slice(1), ['x-ratelimit-limit-requests', 'many']])).toEqual(['value']))
test('no duration', () => expect(answered([...all.slice(0, 5), ['x-ratelimit-reset-tokens', 'soon']])).toEqual(['value']))
test('not told', () => {
  expect(answered([['x-ratelimit-limit', '60']])).toEqual(['unobserved'])
  expect(answered(all, 429)).toEqual(['unobserved'])
})
