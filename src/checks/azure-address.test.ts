import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import type { View } from '../types.ts'
import { azureAddress } from './azure-address.ts'

const step = (status: number): View =>
  json('POST /chat/completions', status < 300 ? { choices: [] } : { error: { code: '404', message: 'Resource not found' } }, { status })
const of = (address: 'v1' | 'deployment', ...statuses: number[]) =>
  judged(azureAddress, statuses.map(step) as [View, ...View[]], { of: address })

test('holds', () => {
  expect(of('v1', 200, 404, 404)).toEqual(['held'])
  expect(of('deployment', 404, 200, 200)).toEqual(['held'])
  expect(of('deployment', 404, 200, 500)).toEqual(['held'])
})
test('refused', () => {
  expect(of('v1', 404, 200, 200)).toEqual(['refused'])
  expect(of('deployment', 200, 404, 404)).toEqual(['refused'])
})
test('model-required', () => expect(of('deployment', 200, 200, 400)).toEqual(['model-required']))
test('nothing to tell', () => {
  expect(of('v1', 404, 404, 404)).toEqual(['unobserved'])
  expect(of('v1', 401, 200, 200)).toEqual(['unobserved'])
  expect(of('deployment', 200)).toEqual(['unobserved'])
})
