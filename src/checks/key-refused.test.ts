import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { keyRefused } from './key-refused.ts'

const answered = (auth: 'none' | 'wrong', status: number) =>
  json('POST /chat/completions', status < 400 ? { choices: [{}] } : { error: { message: 'no' } }, { status, auth, breaks: 'key' })
const over = (missing: number, wrong: number, auth: 'none' | 'wrong') =>
  judged(keyRefused, [answered('none', missing), answered('wrong', wrong)], { auth })

test('holds', () => {
  expect(over(401, 401, 'none')).toEqual(['held'])
  expect(over(401, 401, 'wrong')).toEqual(['held'])
})
test.each([400, 403, 404, 500])('%i', (status) => {
  expect(over(status, 401, 'none')).toEqual(['status'])
  expect(over(401, status, 'wrong')).toEqual(['status'])
})
test('an error under 200, and a page for logging in', () => {
  const disguised = json('POST /chat/completions', { error: 'no' }, { status: 200, auth: 'wrong', breaks: 'key' })
  expect(judged(keyRefused, [answered('none', 401), disguised], { auth: 'wrong' })).toEqual(['status'])
  expect(over(302, 401, 'none')).toEqual(['status'])
})
test('one of them is served', () => {
  expect(over(200, 401, 'none')).toEqual(['served'])
  expect(over(401, 200, 'wrong')).toEqual(['served'])
})
test('no key is wanted', () => {
  expect(over(200, 200, 'none')).toEqual(['unobserved'])
  expect(over(200, 200, 'wrong')).toEqual(['unobserved'])
})
test('cannot be told', () => {
  expect(over(429, 401, 'none')).toEqual(['unobserved'])
  expect(judged(keyRefused, answered('none', 401), { auth: 'wrong' })).toEqual(['unobserved'])
})
