import { expect, test } from 'vitest'
import { call, eventsOf, type Json, message, reasoning, reply, weather } from '../testing/responses.ts'
import { json, judged, responsesStream } from '../testing/transcript.ts'
import { rtoolsChoice } from './rtools-choice.ts'

const one = (tool_choice: unknown, output: Json[], more: Json = {}, members: Json = {}) =>
  judged(rtoolsChoice, json('POST /responses', reply(output, members), { request: { tools: [weather], tool_choice, ...more } }))
const named = { type: 'function', name: 'get_weather' }

test('holds', () => {
  expect(one('none', [message()])).toEqual(['held'])
  expect(one('required', [reasoning(), call()])).toEqual(['held'])
  expect(one(named, [call()])).toEqual(['held'])
  const request = { tools: [weather], tool_choice: 'required' }
  expect(judged(rtoolsChoice, responsesStream(eventsOf(reply([call()])), { request }))).toEqual(['held'])
})
test('called', () => expect(one('none', [call()])).toEqual(['called']))
test('ignored', () => {
  expect(one('required', [message()])).toEqual(['ignored'])
  expect(one(named, [reasoning(), message()])).toEqual(['ignored'])
})
test('other function', () => {
  const tools = [weather, { ...weather, name: 'get_time' }]
  expect(one({ type: 'function', name: 'get_time' }, [call()], { tools })).toEqual(['other-function'])
})
test('unobserved', () => {
  expect(one(named, [reasoning()])).toEqual(['unobserved'])
  expect(one('auto', [message()])).toEqual(['unobserved'])
  expect(one('required', [])).toEqual(['unobserved'])
  expect(one('required', [{ ...call(), type: 'tool_call' }])).toEqual(['unobserved'])
  expect(one('required', [message('<tool_call>{"name":"get_weather"}</tool_call>')])).toEqual(['unobserved'])
  expect(one('required', [message()], { tools: [] })).toEqual(['unobserved'])
  expect(one('required', [message()], { max_output_tokens: 6 })).toEqual(['unobserved'])
  expect(one('required', [message()], {}, { status: 'incomplete' })).toEqual(['unobserved'])
})

const told = (tool_choice: unknown, output: Json[], more: Json = {}) => {
  const view = json('POST /responses', reply(output), { request: { tools: [weather], tool_choice, ...more } })
  const outcome = rtoolsChoice.judge([view], undefined, { requirement: 'r', traits: new Set(), declared: false })
  return outcome.kind === 'violated' ? outcome.violations[0] : outcome
}
test('where it is told, and what was there', () => {
  expect(told('none', [message(), call()])).toMatchObject({ at: { pointer: '/output/1/type' }, actual: '"get_weather"' })
  expect(told('required', [message(), null])).toMatchObject({ kind: 'unobserved' })
  expect(told('required', [reasoning(), message()])).toMatchObject({ at: { pointer: '/output' }, actual: '["reasoning","message"]' })
  const tools = [weather, { ...weather, name: 'get_time' }]
  const other = told({ type: 'function', name: 'get_time' }, [reasoning(), call()], { tools })
  expect(other).toMatchObject({ at: { pointer: '/output/1/name' }, expected: '"get_time"', actual: '"get_weather"' })
})
test('what cannot be told of a reply without a call', () => {
  const spent = (output_tokens: number) => ({ usage: { output_tokens } })
  expect(one('required', [], {}, spent(2))).toEqual(['unobserved'])
  expect(one('required', [], {}, spent(1))).toEqual(['ignored'])
  expect(one('required', [reasoning(), message('')])).toEqual(['unobserved'])
  expect(one('required', [message('')])).toEqual(['ignored'])
  expect(one('required', [reasoning(), { ...call(), type: 'other' }, message()])).toEqual(['unobserved'])
  expect(one('required', [{ ...message(), type: 5 }])).toEqual(['unobserved'])
  expect(one('required', [message()], {}, { status: 'failed' })).toEqual(['unobserved'])
  expect(one('none', [call()], {}, { status: 'incomplete' })).toEqual(['called'])
  expect(one({ type: 'custom', name: 'get_weather' }, [message()])).toEqual(['unobserved'])
  expect(one({ type: 'function', name: 'get_weather' }, [{ ...call(), name: 'undeclared' }])).toEqual(['held'])
  expect(one({ type: 'function', name: 'get_weather' }, [{ ...call(), name: undefined }])).toEqual(['held'])
})
