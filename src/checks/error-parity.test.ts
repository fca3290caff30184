import { expect, test } from 'vitest'
import { chatStream, json, judged, type Options } from '../testing/transcript.ts'
import type { View } from '../types.ts'
import { errorParity } from './error-parity.ts'

const good = { error: { message: 'no', code: 'model_not_found' } }
const answer = (body: unknown = good, options: Options = {}): View =>
  json('POST /chat/completions', body, { status: 404, breaks: 'model', ...options })
const compared = (one: View, other: View) => judged(errorParity, [one, other])

test('holds', () => {
  expect(compared(answer(), answer())).toEqual(['held'])
  expect(compared(answer('text'), answer('text'))).toEqual(['held'])
  expect(compared(answer({ choices: [{}] }, { status: 200 }), chatStream([{ choices: [] }]))).toEqual(['held'])
})
test('another status', () => {
  expect(compared(answer(), answer(good, { status: 400 }))).toEqual(['status'])
  expect(compared(answer(), answer({ choices: [{}] }, { status: 200 }))).toEqual(['status'])
})
test('another code', () => expect(compared(answer(), answer({ error: { message: 'no', code: null } }))).toEqual(['code']))
test('one envelope only', () => expect(compared(answer({ message: 'no', code: 404 }), answer())).toEqual(['envelope']))
test('other members', () =>
  expect(compared(answer({ error: { message: 'no', code: 'model_not_found', param: null } }), answer())).toEqual(['envelope']))
test('a code that is no code is judged elsewhere', () =>
  expect(compared(answer({ error: { message: 'no', code: {} } }), answer({ error: { message: 'no', code: {} } }))).toEqual(['held']))
test('nothing to compare', () => {
  expect(judged(errorParity, answer())).toEqual(['unobserved'])
  expect(compared(answer(), answer(good, { status: 406 }))).toEqual(['unobserved'])
  expect(compared(answer(), answer(good, { status: 429 }))).toEqual(['unobserved'])
  expect(compared(answer(), chatStream([{ error: { message: 'no' } }], { breaks: 'model' }))).toEqual(['unobserved'])
})
test('an error sent as a stream is judged elsewhere', () =>
  expect(compared(answer(), chatStream([good], { status: 404 }))).toEqual(['held']))
