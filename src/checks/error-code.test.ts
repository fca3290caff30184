import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { errorCode } from './error-code.ts'

const refused = (error: unknown, status = 404) =>
  judged(errorCode, json('POST /chat/completions', { error }, { status, breaks: 'model' }), { is: 'model_not_found' })

test('holds', () => {
  expect(refused({ message: 'm', code: 'model_not_found' })).toEqual(['held'])
  expect(refused({ message: 'm', code: 'model_not_found' }, 400)).toEqual(['held'])
})
test('another code, or none', () => {
  expect(refused({ message: 'm', code: 'not_found' })).toEqual(['code'])
  expect(refused({ message: 'm', code: null })).toEqual(['code'])
})
test('nothing to compare', () => {
  expect(refused({ message: 'm', code: null, param: 'input' }, 400)).toEqual(['unobserved'])
  expect(refused({ message: 'm' })).toEqual(['unobserved'])
  expect(refused({ message: 'm', code: 404 })).toEqual(['unobserved'])
  expect(refused('text')).toEqual(['unobserved'])
  expect(refused({ message: 'm', code: 'x' }, 401)).toEqual(['unobserved'])
  expect(refused({ message: 'm', code: 'x' }, 200)).toEqual(['unobserved'])
})
