import { expect, test } from 'vitest'
import { eventsOf, type Json, reply } from '../testing/responses.ts'
import { json, judged, responsesStream } from '../testing/transcript.ts'
import { responsesStatus } from './responses-status.ts'

const one = (members: Json, request: Json = {}) => judged(responsesStatus, json('POST /responses', { ...reply(), ...members }, { request }))
const cut = { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }

test('holds', () => {
  expect(one({})).toEqual(['held'])
  expect(judged(responsesStatus, responsesStream(eventsOf()))).toEqual(['held'])
})
test('not final', () => expect(one({ status: 'in_progress' })).toEqual(['not-final']))
test('not completed, though the cap was far away', () => expect(one(cut, { max_output_tokens: 64 })).toEqual(['not-completed']))
test('unobserved', () => {
  expect(one(cut, { max_output_tokens: 6 })).toEqual(['unobserved'])
  expect(one({ ...cut, usage: { ...reply().usage, total_tokens: 512 } }, { max_output_tokens: 64 })).toEqual(['unobserved'])
  expect(one({ status: 'queued' }, { background: true })).toEqual(['unobserved'])
  expect(one({ status: 'stop' })).toEqual(['unobserved'])
  const events = eventsOf()
  events.at(-1).response.status = 'in_progress'
  expect(judged(responsesStatus, responsesStream(events))).toEqual(['unobserved'])
})
