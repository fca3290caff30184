import { expect, test } from 'vitest'
import { call, eventsOf, type Json, message, reasoning, reply, weather } from '../testing/responses.ts'
import { json, judged, responsesStream } from '../testing/transcript.ts'
import { rtoolsCall } from './rtools-call.ts'

const request = { tools: [weather], tool_choice: 'required' }
const one = (output: Json[], members: Json = {}, more: Json = {}) =>
  judged(rtoolsCall, json('POST /responses', reply(output, members), { request: { ...request, ...more } }))

test('holds', () => {
  expect(one([reasoning(), call()])).toEqual(['held'])
  expect(judged(rtoolsCall, responsesStream(eventsOf(reply([call()])), { request }))).toEqual(['held'])
})
test('name', () => expect(one([{ ...call(), name: 'functions.get_weather' }])).toEqual(['name']))
test('type', () => expect(one([{ ...call(), type: 'tool_call' }])).toEqual(['type']))
test('leaked', () => expect(one([message('<tool_call>{"name":"get_weather"}</tool_call>')])).toEqual(['leaked']))
test('arguments', () => {
  expect(one([call('{"city":')])).toEqual(['arguments'])
  expect(one([call('"Paris"')])).toEqual(['arguments'])
})
test('repeated call id', () => expect(one([call(), { ...call(), id: 'fc_2' }])).toEqual(['repeated-call-id']))
test('arguments that the cap may have cut, or that the model chose freely, are not judged', () => {
  expect(one([call('{"ci')], {}, { max_output_tokens: 6 })).toEqual(['held'])
  expect(one([call('{"ci', 'incomplete')], { status: 'incomplete' })).toEqual(['held'])
  expect(one([call('{"ci')], {}, { tool_choice: 'auto' })).toEqual(['held'])
})
test('unobserved', () => expect(one([message()])).toEqual(['unobserved']))
