import { expect, test } from 'vitest'
import { json, judged, type Options } from '../testing/transcript.ts'
import { keyEcho } from './key-echo.ts'

const key = 'sk-wrong-0123456789abcdef'
const refused = (message: string, options: Options = {}) =>
  judged(
    keyEcho,
    json(
      'POST /chat/completions',
      { error: { message } },
      { status: 401, auth: 'wrong', requestHeaders: [['Authorization', `Bearer ${key}`]], ...options },
    ),
  )

test('holds', () => expect(refused('Incorrect API key provided: sk-wrong******cdef.')).toEqual(['held']))
test('echoed', () => expect(refused(`Incorrect API key provided: ${key}.`)).toEqual(['echoed']))
test('cannot be told', () => {
  expect(refused(key, { auth: 'none' })).toEqual(['unobserved'])
  expect(refused(key, { status: 200 })).toEqual(['unobserved'])
  expect(refused('[redacted]', { requestHeaders: [['authorization', 'Bearer [redacted]']] })).toEqual(['unobserved'])
})
