import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import type { Trait } from '../types.ts'
import { structuredReasoning } from './structured-reasoning.ts'

const schema = { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] }
const request = { response_format: { type: 'json_schema', json_schema: { name: 'x', schema } } }
const thoughts = { reasoning_content: 'The user wants JSON.' }
const says = (content: string | null, message: object = thoughts, usage: object = {}, traits: Trait[] = []) =>
  judged(
    structuredReasoning,
    json(
      'POST /chat/completions',
      { choices: [{ index: 0, message: { content, ...message }, finish_reason: 'stop' }], usage },
      { request },
    ),
    undefined,
    traits,
  )
const counted = { completion_tokens_details: { reasoning_tokens: 7 } }

test('holds', () => {
  expect(says('{"a":1}')).toEqual(['held'])
  expect(says('{"a":1}', {}, counted)).toEqual(['held'])
})
test('fenced', () => {
  expect(says('```json\n{"a":1}\n```')).toEqual(['fenced'])
  expect(says('```json\n{"a":1}\n```', {}, {}, ['thinks'])).toEqual(['fenced'])
})
test('surrounded', () => expect(says('Now: {"a":1}')).toEqual(['surrounded']))
test('unobserved', () => {
  expect(says('{"a":1}', {})).toEqual(['unobserved'])
  expect(says('```json\n{"a":1}\n```', {})).toEqual(['unobserved'])
  // it may be the thoughts that stand there
  expect(says('The user wants JSON. {"a":1}', {}, counted)).toEqual(['unobserved'])
  expect(says('Prose.')).toEqual(['unobserved'])
  expect(says('{"a":"x"}')).toEqual(['unobserved'])
  expect(says(null)).toEqual(['unobserved'])
})
