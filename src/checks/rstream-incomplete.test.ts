import { expect, test } from 'vitest'
import { cutReply, eventsOf, type Json, message, reasoning, reply } from '../testing/responses.ts'
import { judged, responsesStream } from '../testing/transcript.ts'
import { rstreamIncomplete } from './rstream-incomplete.ts'

const request = { max_output_tokens: 6 }
const cut = (change: (last: Json) => unknown = () => {}, response = cutReply()) => {
  const events = eventsOf(response)
  change(events.at(-1))
  return judged(rstreamIncomplete, responsesStream(events, { request }))
}

test('holds', () => {
  expect(cut()).toEqual(['held'])
  expect(cut(() => {}, cutReply([{ ...reasoning(), status: 'incomplete' }]))).toEqual(['held'])
})
test('event', () => expect(cut(() => {}, reply())).toEqual(['event']))
test('status', () => expect(cut((last) => Object.assign(last.response, { status: 'completed' }))).toEqual(['status']))
test('reason', () => {
  expect(cut((last) => Object.assign(last.response, { incomplete_details: null }))).toEqual(['reason'])
  expect(cut((last) => Object.assign(last.response.incomplete_details, { reason: 'length' }))).toEqual(['reason'])
})
test('item status', () => expect(cut(() => {}, cutReply([message()]))).toEqual(['item-status']))
test('unobserved', () => {
  expect(judged(rstreamIncomplete, responsesStream(eventsOf(), { request: { max_output_tokens: 64 } }))).toEqual(['unobserved'])
  expect(judged(rstreamIncomplete, responsesStream(eventsOf()))).toEqual(['unobserved'])
})
