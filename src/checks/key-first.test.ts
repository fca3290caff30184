import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import type { View } from '../types.ts'
import { keyFirst } from './key-first.ts'

const answered = (...statuses: number[]) =>
  judged(
    keyFirst,
    statuses.map((status) => json('POST /chat/completions', { error: {} }, { status, auth: 'none', breaks: 'key' })) as [View, ...View[]],
  )

test('holds', () => {
  expect(answered(401, 401)).toEqual(['held'])
  expect(answered(401, 401, 403)).toEqual(['held'])
})
test.each([400, 404, 422, 200])('%i', (status) => expect(answered(401, status)).toEqual(['validated-first']))
test('cannot be told', () => {
  expect(answered(401)).toEqual(['unobserved'])
  expect(answered(403, 400)).toEqual(['unobserved'])
  expect(answered(401, 503)).toEqual(['unobserved'])
})
