import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { statusClass } from './status-class.ts'

const answered = (body: unknown, status = 200, breaks = 'messages') =>
  judged(statusClass, json('POST /chat/completions', body, { status, breaks }))

test('holds', () => expect(answered({ error: { message: 'no' } }, 400)).toEqual(['held']))
test.each([{ error: { message: 'no' } }, { error: 'Unexpected endpoint' }, { object: 'error', message: 'no' }])(
  'an error under 200: %j',
  (body) => expect(answered(body)).toEqual(['success-status']),
)
test.each([
  { choices: [{}] },
  { choices: [{}], error: null },
  { object: 'response', status: 'failed', error: { message: 'no' } },
  {},
  { error: null },
])('no failure: %j', (body) => expect(answered(body)).toEqual(['unobserved']))
test.each(['path', 'method', 'key'])('a broken %s is judged elsewhere', (breaks) =>
  expect(answered({ error: 'no' }, 200, breaks)).toEqual(['unobserved']),
)
test('an error event is judged elsewhere', () =>
  expect(judged(statusClass, chatStream([{ error: { message: 'no' } }]))).toEqual(['unobserved']))
