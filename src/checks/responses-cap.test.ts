import { expect, test } from 'vitest'
import { cutReply, eventsOf, type Json, message, reply } from '../testing/responses.ts'
import { told } from '../testing/told.ts'
import { json, judged, responsesStream } from '../testing/transcript.ts'
import { responsesCap } from './responses-cap.ts'

const one = (response: Json, cap: number | undefined) =>
  judged(responsesCap, json('POST /responses', response, { request: { max_output_tokens: cap } }))

test('holds', () => {
  expect(one(cutReply(), 6)).toEqual(['held'])
  expect(one(cutReply([null, { type: 'zz' }]), 6)).toEqual(['held'])
})
test('exceeded', () => {
  expect(one(cutReply(), 5)).toEqual(['exceeded'])
  expect(judged(responsesCap, responsesStream(eventsOf(), { request: { max_output_tokens: 5 } }))).toEqual(['exceeded'])
})
test('a text that no count of tokens excuses', () => {
  const long = { type: 'message', content: [{ type: 'output_text', text: 'x'.repeat(500) }] }
  expect(one({ ...reply(), output: [long], usage: { input_tokens: 0, output_tokens: 0, total_tokens: 0 } }, 16)).toEqual(['exceeded'])
  const text = (length: number) => json('POST /responses', reply([message('x'.repeat(length))]), { request: { max_output_tokens: 16 } })
  expect(judged(responsesCap, text(384))).toEqual(['unobserved'])
  expect(told(responsesCap, text(385))).toEqual(['exceeded at /output: <= 16 tokens, not 385 characters'])
})
test('status', () => {
  expect(told(responsesCap, json('POST /responses', reply(), { request: { max_output_tokens: 6 } }))).toEqual([
    'status at /status: "incomplete", not "completed" after 6 of 6 tokens',
  ])
})
test('reason', () => {
  expect(one({ ...cutReply(), incomplete_details: null }, 6)).toEqual(['reason'])
  for (const cap of [6, 8]) expect(one({ ...cutReply(), incomplete_details: { reason: 'length' } }, cap)).toEqual(['reason'])
  expect(one({ ...cutReply(), incomplete_details: { reason: 'content_filter' } }, 6)).toEqual(['reason'])
  expect(one({ ...cutReply(), incomplete_details: undefined }, 6)).toEqual(['reason'])
  expect(one({ ...cutReply(), incomplete_details: { reason: 'length' }, error: undefined }, 6)).toEqual(['reason'])
})
test('unobserved', () => {
  expect(one(reply(), 64)).toEqual(['unobserved'])
  for (const response of [reply(), cutReply()]) expect(one(response, undefined)).toEqual(['unobserved'])
  expect(one(cutReply(), 64)).toEqual(['unobserved'])
  expect(one({ ...cutReply(), incomplete_details: undefined, error: undefined }, 6)).toEqual(['unobserved'])
  expect(judged(responsesCap, responsesStream(eventsOf(), { request: { max_output_tokens: 6 } }))).toEqual(['unobserved'])
  expect(one({ ...cutReply(), incomplete_details: { reason: 'content_filter' } }, 64)).toEqual(['unobserved'])
})
