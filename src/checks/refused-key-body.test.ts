import { expect, test } from 'vitest'
import { json, judged, type Options, raw } from '../testing/transcript.ts'
import { refusedKeyBody } from './refused-key-body.ts'

const refused = (body: unknown, options: Options = {}) =>
  judged(refusedKeyBody, json('POST /chat/completions', body, { status: 401, auth: 'wrong', breaks: 'key', ...options }))
const error = (code: unknown) => ({ error: { message: 'no', code } })

test('holds', () => {
  expect(refused(error('invalid_api_key'))).toEqual(['held'])
  expect(refused(error(null), { auth: 'none' })).toEqual(['held'])
  expect(refused(error(401))).toEqual(['held'])
})
test('another code is noted', () => expect(refused(error('unauthorized'))).toEqual(['held', 'note:other-code']))
test('no code', () => expect(refused(error(null))).toEqual(['no-code']))
test('no envelope', () => {
  expect(refused({ error: 'Unauthorized' })).toEqual(['no-envelope'])
  expect(refused(['Unauthorized'])).toEqual(['not-object'])
  expect(judged(refusedKeyBody, raw('POST /chat/completions', 'Unauthorized', { status: 401, auth: 'none' }))).toEqual(['not-json'])
})
test('no refused key', () => {
  expect(refused(error(null), { auth: 'target' })).toEqual(['unobserved'])
  expect(refused(error(null), { status: 403 })).toEqual(['unobserved'])
})
test('no envelope anywhere', () => {
  const refusal = json('POST /chat/completions', { detail: 'no' }, { status: 400, breaks: 'messages' })
  expect(judged(refusedKeyBody, [refusal, json('POST /chat/completions', { detail: 'no' }, { status: 401, auth: 'none' })])).toEqual([
    'unobserved',
  ])
})
