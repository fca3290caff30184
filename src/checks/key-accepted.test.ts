import { expect, test } from 'vitest'
import { json, judged, type Options } from '../testing/transcript.ts'
import type { Headers } from '../types.ts'
import { keyAccepted } from './key-accepted.ts'

const bearer: Headers = [['Authorization', 'Bearer [redacted]']]
const answered = (status: number, options: Options = {}) =>
  json('POST /chat/completions', {}, { status, requestHeaders: bearer, ...options })

test('holds', () => expect(judged(keyAccepted, [answered(200), answered(400)])).toEqual(['held']))
test('good here and refused there', () => expect(judged(keyAccepted, [answered(200), answered(401)])).toEqual(['refused']))
test('a reason for 401', () => {
  expect(judged(keyAccepted, [answered(200), answered(401, { auth: 'wrong' }), answered(401, { breaks: 'model' })])).toEqual(['held'])
  expect(judged(keyAccepted, [answered(200), answered(401, { requestHeaders: [...bearer, ['OpenAI-Organization', 'org-x']] })])).toEqual([
    'held',
  ])
})
test('never successful', () => {
  expect(judged(keyAccepted, [answered(401), answered(401)])).toEqual(['unobserved'])
  expect(judged(keyAccepted, answered(200, { requestHeaders: [['api-key', 'x']] }))).toEqual(['unobserved'])
})
