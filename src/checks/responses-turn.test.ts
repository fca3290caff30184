import { expect, test } from 'vitest'
import { message, reasoning, reply } from '../testing/responses.ts'
import { told } from '../testing/told.ts'
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

test('which refusals are, and which are not', () => {
  for (const status of [400, 404, 422, 499, 501]) expect(judged(responsesTurn, [first, step(said, 0, status)], args)).toEqual(['refused'])
  for (const status of [399, 401, 403, 408, 429, 500, 502, 503])
    expect(judged(responsesTurn, [first, step(said, 0, status)], args)).toEqual(['unobserved'])
  expect(told(responsesTurn, [first, step(said, 0, 400)], args)).toEqual(['refused at status: 2xx, not 400'])
})
test('what came out malformed, or with reasoning beside it, need not be taken back', () => {
  const odd = json('POST /responses', { ...reply([message('')]), usage: { input_tokens: 10 } }, { request: { input: 'Hi.' } })
  const output = [{ type: 'function_call_output', call_id: 'call_1', output: '21' }]
  expect(judged(responsesTurn, [odd, step(said, 0, 400)], args)).toEqual(['unobserved'])
  expect(judged(responsesTurn, [odd, step(output, 0, 400)], { item: 'function_call_output', by: 1 })).toEqual(['refused'])
  expect(judged(responsesTurn, [first, step([...said, reasoning()], 0, 400)], args)).toEqual(['unobserved'])
  expect(judged(responsesTurn, [first, step([...said, reasoning()], 0, 400)], { item: 'reasoning', by: 0 })).toEqual(['refused'])
})
test('counts are compared where there are two', () => {
  expect(told(responsesTurn, [first, step(said, 10)], { item: 'message', by: 3 })).toEqual([
    'ignored at /usage/input_tokens: >= 13, not 10',
  ])
  expect(judged(responsesTurn, [step(said, 20)], args)).toEqual(['unobserved'])
  expect(judged(responsesTurn, [first, step(said, undefined)], { item: 'message', by: 0 })).toEqual(['held'])
  const failed = json('POST /responses', { error: { message: 'No.' } }, { request: { input: said } })
  expect(judged(responsesTurn, [first, failed], { item: 'message', by: 0 })).toEqual(['unobserved'])
  expect(judged(responsesTurn, [first, step('said', 20)], args)).toEqual(['unobserved'])
  expect(judged(responsesTurn, [first, step([{ type: 'other', role: 'assistant' }], 20)], args)).toEqual(['unobserved'])
})
test('tools that are refused from the start are refused once', () => {
  const output = [{ type: 'function_call_output', call_id: 'call_1', output: '21' }]
  const own = { item: 'function_call_output', by: 100 }
  const bare = (status: number, detail: string) => json('POST /responses', { detail }, { request: { input: output }, status })
  expect(judged(responsesTurn, [step('Hi.', 0, 400), step(output, 0, 400)], own)).toEqual(['unobserved'])
  expect(judged(responsesTurn, [step('Hi.', 0, 404), step(output, 0, 400)], own)).toEqual(['refused'])
  expect(judged(responsesTurn, [bare(422, 'no tools'), bare(422, 'no tools')], own)).toEqual(['unobserved'])
  expect(judged(responsesTurn, [bare(422, 'no choice'), bare(422, 'no tools')], own)).toEqual(['refused'])
  expect(judged(responsesTurn, [step(output, 0, 400)], own)).toEqual(['refused'])
})
