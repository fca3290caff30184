import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import type { Headers } from '../types.ts'
import { wrongMethod } from './wrong-method.ts'

const answered = (status: number, headers: Headers = []) =>
  judged(wrongMethod, json('PUT /chat/completions', { error: { message: 'no' } }, { status, headers, breaks: 'method' }))

test('holds', () => expect(answered(405, [['Allow', 'OPTIONS, POST']])).toEqual(['held']))
test('404 is tolerated', () => expect(answered(404)).toEqual(['held', 'note:lenient']))
test('405 without Allow', () => {
  expect(answered(405)).toEqual(['no-allow'])
  expect(answered(405, [['allow', '']])).toEqual(['no-allow'])
})
test('Allow without the method that works', () => expect(answered(405, [['allow', 'GET']])).toEqual(['wrong-allow']))
test.each([400, 500, 501])('%i', (status) => expect(answered(status)).toEqual(['status']))
test('overloaded', () => expect(answered(503)).toEqual(['unobserved']))
