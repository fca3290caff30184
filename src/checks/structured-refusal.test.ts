import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import type { Trait } from '../types.ts'
import { structuredRefusal } from './structured-refusal.ts'

const request = { response_format: { type: 'json_schema', json_schema: { name: 'x', schema: { type: 'object' } } } }
const sorry = "I'm sorry, but I can't help with that."
const says = (message: object, traits: Trait[] = [], format: object = request) =>
  judged(
    structuredRefusal,
    json('POST /chat/completions', { choices: [{ index: 0, message, finish_reason: 'stop' }] }, { request: { ...format } }),
    undefined,
    traits,
  )

test('holds', () => {
  expect(says({ content: null, refusal: sorry })).toEqual(['held'])
  const pieces = [
    { choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] },
    { choices: [{ index: 0, delta: { refusal: sorry }, finish_reason: null }] },
    { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
  ]
  expect(judged(structuredRefusal, chatStream([...pieces, '[DONE]'], { request }))).toEqual(['held'])
})
test('violated', () => {
  expect(says({ content: sorry, refusal: null })).toEqual(['as-content'])
  expect(says({ content: 'I can’t explain that.' })).toEqual(['as-content'])
  expect(says({ content: sorry, refusal: sorry })).toEqual(['beside-content'])
})
test('unobserved', () => {
  expect(says({ content: '{"steps":[]}', refusal: null })).toEqual(['unobserved'])
  expect(says({ content: 'Prose about rivers.', refusal: null })).toEqual(['unobserved'])
  expect(says({ content: 'The user wants', refusal: sorry }, ['thinks'])).toEqual(['unobserved'])
  expect(says({ content: sorry }, [], {})).toEqual(['unobserved'])
})
