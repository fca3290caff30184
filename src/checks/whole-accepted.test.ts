import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { wholeAccepted } from './whole-accepted.ts'

const answer = { choices: [{ index: 0, message: { role: 'assistant', content: 'OK' }, finish_reason: 'stop' }] }
const error = (message: string, more: object = {}) => ({
  error: { message, type: 'invalid_request_error', param: null, code: null, ...more },
})
const ask = (body: unknown, status: number, step = 0) => json('POST /chat/completions', body, { status, step })
const parts = [ask(answer, 200), ask(answer, 200, 1)] as const

test('held where the whole is answered like its parts', () => {
  expect(judged(wholeAccepted, [...parts, ask(answer, 200, 2)])).toEqual(['held'])
})

test('violated where the parts are accepted and the whole is refused', () => {
  for (const status of [400, 404, 422, 501]) expect(judged(wholeAccepted, [...parts, ask(error('No.'), status, 2)])).toEqual(['refused'])
})

test.each([
  [400, error("'max_tokens' is too large: 32000. This model supports at most 4096 completion tokens.")],
  [400, error('No.', { code: 'context_length_exceeded' })],
  [400, error('No.', { param: 'max_tokens' })],
  [422, { detail: 'Inputs and max_new_tokens exceed 8192' }],
  [413, 'Request Entity Too Large'],
])('too little room is told and not blamed: %s %j', (status, body) => {
  expect(judged(wholeAccepted, [...parts, ask(body, status, 2)])).toEqual(['held', 'note:window'])
})

test('unobserved where a part is refused too, or the answer says nothing of the request', () => {
  expect(judged(wholeAccepted, ask(error('No.'), 400))).toEqual(['unobserved'])
  for (const status of [400, 413, 500])
    expect(judged(wholeAccepted, [parts[0], ask(error('No.'), status, 1), ask(error('No.'), 400, 2)])).toEqual(['unobserved'])
  for (const status of [401, 403, 429, 500, 503])
    expect(judged(wholeAccepted, [...parts, ask(error('No.'), status, 2)])).toEqual(['unobserved'])
  expect(judged(wholeAccepted, [...parts, ask(error('No.'), 200, 2)])).toEqual(['unobserved'])
  expect(judged(wholeAccepted, [ask(error('No.'), 200), ask(error('No.'), 400, 1)])).toEqual(['unobserved'])
})
