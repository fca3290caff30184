import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { deltaContentKey } from './delta-content-key.ts'

const piece = (delta: object, index = 0) => ({ id: 'a', choices: [{ index, delta, finish_reason: null }] })
const stream = (...chunks: (object | string)[]) => judged(deltaContentKey, chatStream([...chunks, '[DONE]']))

test('holds', () => {
  expect(stream(piece({ role: 'assistant', content: '' }), piece({}))).toEqual(['held'])
  expect(stream(piece({ role: 'assistant', content: null }), piece({ tool_calls: [] }))).toEqual(['held'])
})
test('left out', () => {
  expect(stream(piece({ role: 'assistant' }), piece({ content: 'a' }))).toEqual(['omitted'])
  expect(stream(piece({ content: '' }), piece({ role: 'assistant' }, 1))).toEqual(['omitted'])
})
test('nothing to look at', () => {
  expect(stream()).toEqual(['unobserved'])
  expect(stream(piece({}), { error: { message: 'no' } })).toEqual(['unobserved'])
  expect(judged(deltaContentKey, json('GET /models', {}))).toEqual(['unobserved'])
})
