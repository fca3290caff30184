import { expect, test } from 'vitest'
import { cutReply, eventsOf, type Json, message, reasoning, reply } from '../testing/responses.ts'
import { told } from '../testing/told.ts'
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

const tell = (change: (last: Json) => unknown = () => {}, response = cutReply(), asked: Json = request) => {
  const events = eventsOf(response)
  change(events.at(-1))
  return told(rstreamIncomplete, responsesStream(events, { request: asked }))
}
test('where it is told, and what was there', () => {
  expect(tell(() => {}, reply())).toEqual(['event at /type: response.incomplete, not response.completed after 6 of 6 tokens'])
  expect(tell((last) => Object.assign(last.response, { status: 'incomplete', usage: null }), reply(), {})).toEqual([
    'event at /type: response.incomplete, not response.completed after unknown of unlimited tokens',
  ])
  expect(tell((last) => Object.assign(last.response, { status: 'completed' }))).toEqual([
    'status at /response/status: "incomplete", not "completed"',
  ])
  expect(tell((last) => Object.assign(last.response.incomplete_details, { reason: 'length' }))).toEqual([
    'reason at /response/incomplete_details/reason: "max_output_tokens", not "length"',
  ])
  expect(tell(() => {}, cutReply([reasoning(), message()]))).toEqual([
    'item-status at /response/output/1/status: "incomplete", not "completed"',
  ])
})
test('a filter may have cut it, where the cap was not reached', () => {
  const filtered = (last: Json) => Object.assign(last.response, { incomplete_details: { reason: 'content_filter' } })
  expect(tell(filtered, cutReply(), { max_output_tokens: 60 })).toEqual([])
  expect(tell(filtered)).toHaveLength(1)
  expect(tell((last) => Object.assign(filtered(last), { output: [message()] }), cutReply(), { max_output_tokens: 60 })).toEqual([])
})
test('what is left out altogether, or has no status, is judged elsewhere', () => {
  const without =
    (...names: string[]) =>
    (last: Json) => {
      for (const name of names) delete last.response[name]
    }
  expect(cut(without('incomplete_details', 'error'))).toEqual(['held'])
  expect(cut(without('incomplete_details'))).toEqual(['reason'])
  expect(cut(without('error'))).toEqual(['held'])
  expect(cut(without('output'))).toEqual(['held'])
  expect(cut((last) => delete last.response.output.at(-1).status)).toEqual(['held'])
})
