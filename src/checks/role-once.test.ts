import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { roleOnce } from './role-once.ts'

const piece = (delta: object, finish_reason: unknown = null, index: unknown = 0) => ({
  id: 'a',
  choices: [{ index, delta, finish_reason }],
})

test('holds', () => {
  expect(judged(roleOnce, chatStream([piece({ role: 'assistant' }), piece({}), piece({ role: null }), piece({ role: '' })]))).toEqual([
    'held',
  ])
  expect(judged(roleOnce, chatStream([piece({ role: 'assistant' }), piece({ role: 'assistant' }, null, 1)]))).toEqual(['held'])
})
test('repeated', () => {
  expect(judged(roleOnce, chatStream([piece({ role: 'assistant' }), piece({ role: 'assistant' }), piece({ role: 'assistant' })]))).toEqual([
    'repeated',
  ])
})
test('no roles', () => {
  expect(judged(roleOnce, chatStream([piece({})]))).toEqual(['unobserved'])
  expect(judged(roleOnce, json('POST /chat/completions', {}))).toEqual(['unobserved'])
})
