import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import type { View } from '../types.ts'
import { azureCredentials } from './azure-credentials.ts'

const of = (statuses: readonly number[], token = false) => {
  const views = statuses.map((status) => json('POST /chat/completions', status < 300 ? { choices: [] } : { error: {} }, { status }))
  return judged(azureCredentials, views as unknown as [View, ...View[]], undefined, token ? ['entra-token'] : [])
}

test('holds', () => {
  expect(of([200, 200])).toEqual(['held'])
  expect(of([200, 401])).toEqual(['held'])
  expect(of([401, 200], true)).toEqual(['held'])
})
test('refused', () => {
  expect(of([401, 200])).toEqual(['refused'])
  expect(of([403, 200])).toEqual(['refused'])
  expect(of([200, 401], true)).toEqual(['refused'])
})
test('nothing to tell', () => {
  expect(of([401, 401])).toEqual(['unobserved'])
  expect(of([404, 404])).toEqual(['unobserved'])
  expect(of([401])).toEqual(['unobserved'])
})
