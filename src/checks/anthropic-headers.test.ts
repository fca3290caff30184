import { expect, test } from 'vitest'
import { answer, message, refusal } from '../testing/messages.ts'
import { judged } from '../testing/transcript.ts'
import { anthropicHeaders } from './anthropic-headers.ts'

const json = ['content-type', 'application/json'] as const
const id = ['Request-Id', 'req_1'] as const
const version = [['anthropic-version', '2023-06-01']] as const
const refused = { status: 400, auth: 'x-api-key' as const, headers: [json], requestHeaders: version }

test('holds', () => {
  expect(judged(anthropicHeaders, answer(message(), { headers: [json, id] }))).toEqual(['held'])
  expect(judged(anthropicHeaders, refusal(400, 'invalid_request_error', { headers: [json, id] }))).toEqual(['held'])
})
test('no-request-id', () => {
  expect(judged(anthropicHeaders, answer(message(), { headers: [json] }))).toEqual(['no-request-id'])
  expect(judged(anthropicHeaders, answer(message(), { headers: [json, ['request-id', ' ']] }))).toEqual(['no-request-id'])
  expect(judged(anthropicHeaders, refusal(404, 'not_found_error'))).toEqual(['no-request-id'])
})
test('refused', () => {
  for (const status of [401, 403])
    expect(judged(anthropicHeaders, refusal(status, 'authentication_error', { auth: 'x-api-key' }))).toEqual(['refused'])
  const about = { error: { message: 'anthropic-version: "2023-06-01" is not a valid version' } }
  expect(judged(anthropicHeaders, answer(about, refused))).toEqual(['refused'])
})
test('refusals of something else', () => {
  expect(judged(anthropicHeaders, refusal(401, 'x', { auth: 'x-api-key', headers: [id] }), undefined, ['entra-token'])).toEqual(['held'])
  const other = { error: { message: 'messages: this block needs a later anthropic-version' } }
  expect(judged(anthropicHeaders, answer(other, { ...refused, headers: [json, id] }))).toEqual(['held'])
  expect(judged(anthropicHeaders, refusal(529, 'overloaded_error'))).toEqual(['unobserved'])
})
