import { expect, test } from 'vitest'
import { cutReply, eventsOf, type Json, reply } from '../testing/responses.ts'
import { json, judged, responsesStream } from '../testing/transcript.ts'
import { responsesCap } from './responses-cap.ts'

const one = (response: Json, cap: number | undefined) =>
  judged(responsesCap, json('POST /responses', response, { request: { max_output_tokens: cap } }))

test('holds', () => expect(one(cutReply(), 6)).toEqual(['held']))
test('exceeded', () => {
  expect(one(cutReply(), 5)).toEqual(['exceeded'])
  expect(judged(responsesCap, responsesStream(eventsOf(), { request: { max_output_tokens: 5 } }))).toEqual(['exceeded'])
})
test('a text that no count of tokens excuses', () => {
  const long = { type: 'message', content: [{ type: 'output_text', text: 'x'.repeat(500) }] }
  expect(one({ ...reply(), output: [long], usage: { input_tokens: 0, output_tokens: 0, total_tokens: 0 } }, 16)).toEqual(['exceeded'])
})
test('status', () => expect(one(reply(), 6)).toEqual(['status']))
test('reason', () => {
  expect(one({ ...cutReply(), incomplete_details: null }, 6)).toEqual(['reason'])
  expect(one({ ...cutReply(), incomplete_details: { reason: 'length' } }, 6)).toEqual(['reason'])
})
test('unobserved', () => {
  expect(one(reply(), 64)).toEqual(['unobserved'])
  expect(one(reply(), undefined)).toEqual(['unobserved'])
  expect(one({ ...cutReply(), incomplete_details: { reason: 'content_filter' } }, 64)).toEqual(['unobserved'])
})
