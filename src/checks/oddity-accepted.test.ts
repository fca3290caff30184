import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { oddityAccepted } from './oddity-accepted.ts'

const answer = { choices: [{ index: 0, message: { role: 'assistant', content: 'OK' }, finish_reason: 'stop' }] }
const refused = { error: { message: 'No.', type: 'invalid_request_error', param: null, code: null } }
const ask = (body: unknown, status: number, step = 0) => json('POST /chat/completions', body, { status, step })

test('held where the odd form is answered like the plain one', () => {
  expect(judged(oddityAccepted, [ask(answer, 200), ask(answer, 200, 1)])).toEqual(['held'])
})

test('violated where only the odd form is refused', () => {
  for (const status of [400, 404, 422, 501]) {
    expect(judged(oddityAccepted, [ask(answer, 200), ask(answer, 200, 1), ask(refused, status, 2)])).toEqual(['refused'])
  }
})

test('unobserved where the plain form is refused as well, or the answer says nothing of the form', () => {
  expect(judged(oddityAccepted, [ask(refused, 400), ask(refused, 400, 1)])).toEqual(['unobserved'])
  expect(judged(oddityAccepted, ask(answer, 200))).toEqual(['unobserved'])
  for (const status of [401, 403, 429, 500, 503])
    expect(judged(oddityAccepted, [ask(answer, 200), ask(refused, status, 1)])).toEqual(['unobserved'])
  expect(judged(oddityAccepted, [ask(answer, 200), ask(refused, 200, 1)])).toEqual(['unobserved'])
})
