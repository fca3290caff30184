import { expect, test } from 'vitest'
import { type Json, reply } from '../testing/responses.ts'
import { json, judged } from '../testing/transcript.ts'
import { responsesContinued } from './responses-continued.ts'

const step = (input_tokens: number, request: Json = {}) => json('POST /responses', { ...reply(), usage: { input_tokens } }, { request })
const next = (input_tokens: number) => step(input_tokens, { previous_response_id: 'resp_1' })

test('holds', () => {
  expect(judged(responsesContinued, [step(20), next(35)])).toEqual(['held'])
  expect(judged(responsesContinued, [step(300, { instructions: 'Be brief.' }), next(35)])).toEqual(['held'])
})
test('forgotten', () => expect(judged(responsesContinued, [step(20), next(12)])).toEqual(['forgotten']))
test('instructions kept', () =>
  expect(judged(responsesContinued, [step(300, { instructions: 'Be brief.' }), next(320)])).toEqual(['instructions-kept']))
test('unobserved', () => {
  const long = json(
    'POST /responses',
    { ...reply(), usage: { input_tokens: 300, output_tokens: 512 } },
    { request: { instructions: 'Be brief.' } },
  )
  expect(judged(responsesContinued, [long, next(530)])).toEqual(['unobserved'])
  expect(judged(responsesContinued, [step(20), json('POST /responses', { error: {} }, { status: 400 })])).toEqual(['unobserved'])
  expect(judged(responsesContinued, step(20))).toEqual(['unobserved'])
})
