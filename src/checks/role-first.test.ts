import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { roleFirst } from './role-first.ts'

const piece = (delta: object, finish_reason: unknown = null, index: unknown = 0) => ({
  id: 'a',
  choices: [{ index, delta, finish_reason }],
})

test('holds', () => {
  expect(judged(roleFirst, chatStream([piece({ role: 'assistant', content: '' }), piece({ content: 'a' })]))).toEqual(['held'])
  expect(judged(roleFirst, chatStream([{ choices: [], prompt_filter_results: [] }, piece({ role: 'assistant' })]))).toEqual(['held'])
  expect(judged(roleFirst, chatStream([piece({ role: 'assistant' }), piece({ role: 'assistant' }, null, 1)]))).toEqual(['held'])
  expect(judged(roleFirst, chatStream([piece({}), piece({ role: null }), piece({ role: 'assistant' })]))).toEqual(['held'])
})
test('never named', () => {
  expect(judged(roleFirst, chatStream([piece({ content: 'a' }), piece({ content: 'b' })]))).toEqual(['missing'])
  expect(judged(roleFirst, chatStream([piece({ role: null }), piece({}, 'stop')]))).toEqual(['missing'])
  expect(judged(roleFirst, chatStream([piece({ role: 'assistant' }), piece({ content: 'a' }, null, 1)]))).toEqual(['missing'])
})
test('named too late', () => {
  expect(judged(roleFirst, chatStream([piece({ content: 'a' }), piece({ role: 'assistant' })]))).toEqual(['late'])
  expect(judged(roleFirst, chatStream([piece({ content: '' }), piece({ role: 'assistant' })]))).toEqual(['late'])
})
test('the schema owns other roles and deltas', () => {
  expect(judged(roleFirst, chatStream([piece({ role: '' }), piece({})]))).toEqual(['unobserved'])
  expect(judged(roleFirst, chatStream([{ choices: [{ index: 0, delta: null }] }, piece({ content: 'a' })]))).toEqual(['unobserved'])
  expect(judged(roleFirst, chatStream([piece({}, null, '0')]))).toEqual(['unobserved'])
  expect(judged(roleFirst, chatStream([{ id: 'a', choices: null }, piece({ content: 'a' })]))).toEqual(['unobserved'])
  expect(judged(roleFirst, json('POST /chat/completions', {}))).toEqual(['unobserved'])
})
