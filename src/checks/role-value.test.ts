import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { roleValue } from './role-value.ts'

const piece = (delta: object, finish_reason: unknown = null, index: unknown = 0) => ({
  id: 'a',
  choices: [{ index, delta, finish_reason }],
})

test('holds', () => {
  expect(judged(roleValue, chatStream([piece({ role: 'assistant' }), piece({})]))).toEqual(['held'])
})
test('null is told', () => {
  expect(judged(roleValue, chatStream([piece({ role: 'assistant' }), piece({ role: null }), piece({ role: null })]))).toEqual([
    'held',
    'note:null',
  ])
})
test('no roles', () => {
  expect(judged(roleValue, chatStream([piece({})]))).toEqual(['unobserved'])
  expect(judged(roleValue, json('POST /chat/completions', {}))).toEqual(['unobserved'])
})
