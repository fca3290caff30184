import { expect, test } from 'vitest'
import { eventsOf, type Json, reply } from '../testing/responses.ts'
import { json, judged, responsesStream } from '../testing/transcript.ts'
import { responsesUsage } from './responses-usage.ts'

const one = (members: Json) => judged(responsesUsage, json('POST /responses', { ...reply(), ...members }))

test('holds', () => {
  expect(one({})).toEqual(['held'])
  expect(judged(responsesUsage, responsesStream(eventsOf()))).toEqual(['held'])
})
test('missing', () => expect(one({ usage: null })).toEqual(['missing']))
test('total', () => expect(one({ usage: { input_tokens: 10, output_tokens: 6, total_tokens: 10 } })).toEqual(['total']))
test('unobserved', () => {
  expect(one({ usage: { input_tokens: '10', output_tokens: 6, total_tokens: 10 } })).toEqual(['unobserved'])
  expect(one({ status: 'failed', usage: null })).toEqual(['unobserved'])
  expect(judged(responsesUsage, responsesStream(eventsOf(reply([], { usage: null }))))).toEqual(['unobserved'])
})
