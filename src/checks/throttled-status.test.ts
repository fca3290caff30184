import { expect, test } from 'vitest'
import { json, judged, raw } from '../testing/transcript.ts'
import { throttledStatus } from './throttled-status.ts'

const answered = (status: number, body: unknown) => judged(throttledStatus, json('POST /chat/completions', body, { status }))

test('holds', () => expect(answered(429, { error: { message: 'slow down' } })).toEqual(['held']))
test('another status', () => expect(answered(400, { error: { message: 'slow down', code: 'rate_limit_exceeded' } })).toEqual(['status']))
test('no envelope', () => {
  expect(answered(429, { message: 'slow down' })).toEqual(['no-envelope'])
  expect(answered(429, ['slow down'])).toEqual(['not-object'])
  expect(judged(throttledStatus, raw('POST /chat/completions', 'slow down', { status: 429 }))).toEqual(['not-json'])
})
test('no throttling', () => {
  expect(answered(400, { error: { message: 'no', code: null } })).toEqual(['unobserved'])
  expect(judged(throttledStatus, raw('POST /chat/completions', '{"error":', { status: 429 }))).toEqual(['unobserved'])
})
