import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { errorMember } from './error-member.ts'

const good = { message: 'no', type: 'invalid_request_error', param: null, code: null }
const of = (member: string, error: unknown, status = 400) =>
  judged(errorMember, json('POST /chat/completions', { error }, { status }), { member })

test.each(['message', 'type', 'param', 'code'])('%s holds', (member) => expect(of(member, good)).toEqual(['held']))
test('texts hold', () => {
  expect(of('param', { ...good, param: 'messages' })).toEqual(['held'])
  expect(of('code', { ...good, code: '401' })).toEqual(['held'])
})
test('message', () => {
  for (const message of [undefined, null, '', ' ', 5, {}]) expect(of('message', { ...good, message })).toEqual(['no-message'])
})
test('type', () => {
  expect(of('type', { message: 'no' })).toEqual(['missing'])
  expect(of('type', { ...good, type: null })).toEqual(['type'])
  expect(of('type', { ...good, type: '' })).toEqual(['empty'])
  expect(of('type', { ...good, type: 'BadRequestError' })).toEqual(['held', 'note:other-type'])
  expect(of('type', { ...good, type: 'server_error' }, 500)).toEqual(['held'])
})
test('param', () => {
  expect(of('param', { message: 'no' })).toEqual(['missing'])
  expect(of('param', { ...good, param: 5 })).toEqual(['type'])
  expect(of('param', { ...good, param: 'None' })).toEqual(['textual-null'])
  expect(of('param', { ...good, param: '' })).toEqual(['empty'])
})
test('code', () => {
  expect(of('code', { message: 'no' })).toEqual(['missing'])
  expect(of('code', { ...good, code: 400 })).toEqual(['type'])
})
test('nothing to look at', () => {
  expect(of('code', 'text')).toEqual(['unobserved'])
  expect(of('code', good, 200)).toEqual(['unobserved'])
})
test('the gateway of Azure tells code and message, and its filter type null', () => {
  const azure = (member: string, error: object) =>
    judged(errorMember, json('POST /chat/completions', { error }, { status: 404 }), { member }, ['azure'])
  for (const member of ['type', 'param']) expect(azure(member, { message: 'no', code: 'DeploymentNotFound' })).toEqual(['unobserved'])
  expect(azure('type', { message: 'no', type: null, code: null, innererror: {} })).toEqual(['unobserved'])
  expect(azure('type', { message: 'no', code: null })).toEqual(['missing'])
  expect(azure('code', { message: 'no' })).toEqual(['missing'])
})
