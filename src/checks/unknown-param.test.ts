import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { unknownParam } from './unknown-param.ts'

const answered = (status: number, body: unknown = { error: { message: 'no' } }) =>
  judged(unknownParam, json('POST /chat/completions', body, { status, breaks: 'zz_unknown_param' }))

test('ignored', () => expect(answered(200, { choices: [] })).toEqual(['held']))
test.each([400, 422])('refused with %i', (status) => expect(answered(status)).toEqual(['held', 'note:refused']))
test('an accident', () => {
  expect(answered(500)).toEqual(['server-error'])
  expect(answered(404)).toEqual(['status'])
})
test('says nothing', () => {
  expect(answered(200)).toEqual(['unobserved'])
  expect(answered(429)).toEqual(['unobserved'])
  expect(answered(401)).toEqual(['unobserved'])
})
