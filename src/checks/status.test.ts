import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { status } from './status.ts'

const answered = (code: number, body: unknown = { error: { message: 'no' } }) =>
  json('POST /chat/completions', body, { status: code, breaks: 'messages' })
const args = { is: [400], also: [422] }

test('holds', () => expect(judged(status, answered(400), args)).toEqual(['held']))
test('lenient is noted', () => expect(judged(status, answered(422), args)).toEqual(['held', 'note:lenient']))
test.each([200, 404, 500, 501])('%i is another status', (code) =>
  expect(judged(status, answered(code, { choices: [] }), args)).toEqual(['status']),
)
test.each([301, 401, 403, 429, 503])('%i says nothing about the request', (code) =>
  expect(judged(status, answered(code), args)).toEqual(['unobserved']),
)
test('401 and 403 differ where keys are the subject', () => {
  expect(judged(status, answered(403), { is: [401] })).toEqual(['status'])
  expect(judged(status, answered(401), { is: [401] })).toEqual(['held'])
})
test('an error body under 200 belongs to the status class', () => expect(judged(status, answered(200), args)).toEqual(['unobserved']))
test('where the path, the method or the key is the subject', () => {
  const path = (code: number) => json('POST /no-such-resource', { error: 'Unexpected endpoint' }, { status: code, breaks: 'path' })
  expect(judged(status, path(200), { is: [404] })).toEqual(['status'])
  expect(judged(status, path(301), { is: [404] })).toEqual(['status'])
})
test('a success that is owed', () => expect(judged(status, answered(200, { choices: [{}] }), { is: [200] })).toEqual(['held']))
test('a server without tools may say so before it looks at them', () => {
  const asked = (code: number) => json('POST /chat/completions', { error: {} }, { status: code, breaks: 'tools', request: { tools: {} } })
  for (const code of [404, 405, 415, 501]) {
    expect(judged(status, asked(code), args)).toEqual(['unobserved'])
    expect(judged(status, asked(code), args, ['tools'])).toEqual(['status'])
  }
  expect(judged(status, asked(400), args)).toEqual(['held'])
  expect(judged(status, asked(500), args)).toEqual(['status'])
})
