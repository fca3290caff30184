import { expect, test } from 'vitest'
import { json, judged, raw } from '../testing/transcript.ts'
import type { View } from '../types.ts'
import { azureDeploymentMissing } from './azure-deployment-missing.ts'

const answered = (status: number, body: unknown = { choices: [] }): View => json('POST /chat/completions', body, { status })
const of = (status: number, code?: unknown, known = 200) =>
  judged(azureDeploymentMissing, [
    answered(200),
    answered(known),
    answered(known),
    json('POST /chat/completions', status < 300 ? { choices: [] } : { error: { code, message: 'no' } }, { status, breaks: 'deployment' }),
  ])

test('holds', () => expect(of(404, 'DeploymentNotFound')).toEqual(['held']))
test('status', () => {
  expect(of(400, 'DeploymentNotFound')).toEqual(['status'])
  expect(of(200)).toEqual(['status'])
})
test('code', () => {
  for (const code of ['model_not_found', '404', null, undefined]) expect(of(404, code)).toEqual(['code'])
})
test('nothing to tell', () => {
  expect(of(404, '404', 404)).toEqual(['unobserved'])
  expect(of(429)).toEqual(['unobserved'])
  expect(of(404, 404)).toEqual(['unobserved'])
  const text = raw('POST /chat/completions', 'no', { status: 404, breaks: 'deployment' })
  expect(judged(azureDeploymentMissing, [answered(200), answered(200), text])).toEqual(['unobserved'])
  expect(judged(azureDeploymentMissing, text)).toEqual(['unobserved'])
})
