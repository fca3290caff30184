import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Headers, Response } from '../types.ts'
import { maxTries, retryAfter, waitBefore } from './pace.ts'

const now = Date.parse('2026-01-01T00:00:00Z')
beforeEach(() => {
  vi.useFakeTimers({ now })
})
afterEach(() => {
  vi.useRealTimers()
})

const answer = (status: number, headers: Headers = []): Response => ({
  kind: 'response',
  status,
  headers,
  body: new Uint8Array(),
  reads: { atMs: [], ends: [] },
  end: 'complete',
  headersAtMs: 0,
  endAtMs: 0,
})

test.each([
  ['2', 2000],
  [' 1.5 ', 1500],
  ['0', 0],
  ['Thu, 01 Jan 2026 00:00:10 GMT', 10_000],
  ['Thursday, 01-Jan-26 00:00:10 GMT', 10_000],
  ['Thu Jan  1 00:00:10 2026', 10_000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['-1', undefined],
  ['', undefined],
  ['soon', undefined],
  ['in 5 seconds', undefined],
  ['2026', 2_026_000],
  ['Infinity', undefined],
  ['0x10', undefined],
  ['Monday', undefined],
])('Retry-After: %s', (value, expected) => {
  expect(retryAfter([['retry-after', value]], now)).toBe(expected)
})

test('retry-after-ms wins when it is a number', () => {
  const seconds = ['Retry-After', '7'] as const
  expect(retryAfter([seconds, ['Retry-After-Ms', '250']], now)).toBe(250)
  for (const nonsense of ['', 'NaN', '-5']) expect(retryAfter([['retry-after-ms', nonsense], seconds], now)).toBe(7000)
})

test('only 429 and 503 are sent again, and only so often', () => {
  for (const status of [200, 400, 401, 408, 500, 502, 504]) expect(waitBefore(answer(status, [['retry-after', '1']]), 1, 0)).toBeUndefined()
  for (const status of [429, 503]) {
    expect(waitBefore(answer(status, [['retry-after', '1']]), maxTries - 1, 0)).toBe(1000)
    expect(waitBefore(answer(status, [['retry-after', '1']]), maxTries, 0)).toBeUndefined()
  }
  expect(waitBefore({ kind: 'failure', code: 'ECONNRESET', message: '', atMs: 0 }, 1, 0)).toBeUndefined()
})

test('a wait that is too long is not waited', () => {
  expect(waitBefore(answer(429, [['retry-after', '60']]), 1, 0)).toBe(60_000)
  expect(waitBefore(answer(429, [['retry-after', '61']]), 1, 0)).toBeUndefined()
  expect(waitBefore(answer(503, [['retry-after', 'Thu, 01 Jan 2026 01:00:00 GMT']]), 1, 0)).toBeUndefined()
})

test('without a header the wait doubles, between half and whole', () => {
  for (const [tries, whole] of [
    [1, 1000],
    [2, 2000],
    [3, 4000],
  ] as const) {
    expect(waitBefore(answer(429), tries, 0)).toBe(whole / 2)
    expect(waitBefore(answer(429, [['retry-after', 'soon']]), tries, 1)).toBe(whole)
  }
})
