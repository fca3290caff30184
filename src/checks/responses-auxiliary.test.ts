import { expect, test } from 'vitest'
import type { Json } from '../testing/responses.ts'
import { json, judged } from '../testing/transcript.ts'
import { responsesAuxiliary } from './responses-auxiliary.ts'

const tokens = (body: Json, status = 200) => judged(responsesAuxiliary, json('POST /responses/input_tokens', body, { status }))

test('holds', () => {
  expect(tokens({ object: 'response.input_tokens', input_tokens: 12 })).toEqual(['held'])
  expect(judged(responsesAuxiliary, json('POST /responses/compact', { output: [] }))).toEqual(['held'])
})
test('object', () => expect(tokens({ input_tokens: 12 })).toEqual(['object']))
test('input tokens', () => expect(tokens({ object: 'response.input_tokens', input_tokens: 0 })).toEqual(['input-tokens']))
test('output', () => expect(judged(responsesAuxiliary, json('POST /responses/compact', {}))).toEqual(['output']))
test('unobserved', () => expect(tokens({}, 404)).toEqual(['unobserved']))
