import { expect, test } from 'vitest'
import { message, reasoning, reply } from '../testing/responses.ts'
import { json, judged } from '../testing/transcript.ts'
import { responsesTurn } from './responses-turn.ts'

const args = { item: 'message', by: 1 }
const said = [{ role: 'user', content: 'Hi.' }, message(), { role: 'user', content: 'Hi.' }]
const step = (input: unknown, input_tokens: unknown, status = 200) =>
  json('POST /responses', status === 200 ? { ...reply(), usage: { input_tokens } } : { error: { message: 'No.' } }, {
    request: { input },
    status,
  })
const first = step('Hi.', 10)

test('holds', () => {
  expect(judged(responsesTurn, [first, step(said, 20)], args)).toEqual(['held'])
  expect(judged(responsesTurn, [first, step([{ role: 'assistant', content: 'OK' }], 11)], args)).toEqual(['held'])
  const output = [{ type: 'function_call_output', call_id: 'call_1', output: '21' }]
  expect(judged(responsesTurn, [first, step(output, 120)], { item: 'function_call_output', by: 100 })).toEqual(['held'])
  expect(judged(responsesTurn, [first, step([reasoning()], 10)], { item: 'reasoning', by: 0 })).toEqual(['held'])
})
test('refused', () => expect(judged(responsesTurn, [first, step(said, 0, 400)], args)).toEqual(['refused']))
test('ignored', () => expect(judged(responsesTurn, [first, step(said, 10)], args)).toEqual(['ignored']))
test('unobserved', () => {
  expect(judged(responsesTurn, [first, step([{ role: 'user', content: 'Hi.' }], 10)], args)).toEqual(['unobserved'])
  expect(judged(responsesTurn, [first, step(said, 0, 503)], args)).toEqual(['unobserved'])
  expect(judged(responsesTurn, [first, step(said, undefined)], args)).toEqual(['unobserved'])
})
