import { expect, test } from 'vitest'
import { call, eventsOf, type Json, message, reasoning, reply, weather } from '../testing/responses.ts'
import { told } from '../testing/told.ts'
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
  expect(one([call('{"ci', 'incomplete')])).toEqual(['held'])
  expect(one([call('{"ci')], {}, { tool_choice: 'auto' })).toEqual(['held'])
})
test('unobserved', () => expect(one([message()])).toEqual(['unobserved']))
test('members that are missing or empty are the business of the schema', () => {
  for (const member of ['name', 'call_id', 'arguments']) expect(one([{ ...call(), [member]: undefined }])).toEqual(['held'])
  expect(one([{ ...call(), name: '' }])).toEqual(['held'])
  for (const call_id of ['', undefined])
    expect(
      one([
        { ...call(), call_id },
        { ...call(), id: 'fc_2', call_id },
      ]),
    ).toEqual(['held'])
})
test('an item that stands there twice is one call', () => expect(one([call(), call()])).toEqual(['held']))
test('where it is told', () => {
  const tale = (...output: Json[]) => told(rtoolsCall, json('POST /responses', reply(output), { request }))
  expect(tale(message(), { ...call(), type: 'tool_call' })).toEqual(['type at /output/1/type: "function_call", not "tool_call"'])
  expect(tale(message('<tool_call>{"name":'))).toEqual(['leaked at /output/0/content: a function_call, not "<tool_call>{\\"name\\":"'])
  expect(tale({ ...call('[]'), name: 'zz' })).toEqual([
    'name at /output/0/name: ["get_weather"], not "zz"',
    'arguments at /output/0/arguments: a JSON object, not "[]"',
  ])
  expect(tale(call(), { ...call(), id: 'fc_2' })).toEqual(['repeated-call-id at /output/1/call_id: an id of its own, not "call_1"'])
  expect(tale(...Array.from({ length: 25 }, () => call('[]')))).toHaveLength(20)
})
