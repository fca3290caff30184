import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import type { Headers } from '../types.ts'
import { keyIgnored } from './key-ignored.ts'

const answered = (status: number, requestHeaders: Headers = []) =>
  json('POST /chat/completions', {}, { status, requestHeaders, auth: 'wrong' })
const dummy: Headers = [['authorization', 'Bearer dummy']]

test('holds', () => expect(judged(keyIgnored, [answered(200), answered(200, dummy)])).toEqual(['held']))
test('refused', () => {
  expect(judged(keyIgnored, [answered(200), answered(401, dummy)])).toEqual(['refused'])
  expect(judged(keyIgnored, [answered(200), answered(403, dummy)])).toEqual(['refused'])
})
test('cannot be told', () => {
  expect(judged(keyIgnored, [answered(200)])).toEqual(['unobserved'])
  expect(judged(keyIgnored, [answered(401, dummy)])).toEqual(['unobserved'])
})
