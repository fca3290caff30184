import { expect, test } from 'vitest'
import { call, cutReply, eventsOf, type Json, message, reasoning, reply, without } from '../testing/responses.ts'
import { told } from '../testing/told.ts'
import { judged, responsesStream } from '../testing/transcript.ts'
import { rstreamItemDone } from './rstream-item-done.ts'

test('holds', () => {
  expect(judged(rstreamItemDone, responsesStream(eventsOf()))).toEqual(['held'])
  expect(judged(rstreamItemDone, responsesStream(eventsOf(cutReply())))).toEqual(['held'])
})
test('missing', () => expect(judged(rstreamItemDone, responsesStream(without(eventsOf(), 'output_item.done')))).toEqual(['missing']))
test('repeated', () => {
  const events = eventsOf()
  expect(judged(rstreamItemDone, responsesStream([...events.slice(0, -1), ...events.slice(-2)]))).toEqual(['repeated'])
})
test('status', () => expect(judged(rstreamItemDone, responsesStream(eventsOf(reply([message('Hi', 'in_progress')]))))).toEqual(['status']))
test('item', () => {
  const events = eventsOf()
  delete events.at(-2).item
  expect(judged(rstreamItemDone, responsesStream(events))).toEqual(['item'])
})
test('late', () => {
  const events = eventsOf()
  expect(judged(rstreamItemDone, responsesStream([...events.slice(0, 5), events.at(-2), ...events.slice(5, -2), events.at(-1)]))).toEqual([
    'late',
  ])
})
test('unobserved', () => {
  expect(judged(rstreamItemDone, responsesStream(eventsOf(reply([]))))).toEqual(['unobserved'])
  expect(judged(rstreamItemDone, responsesStream(eventsOf().slice(0, 5)))).toEqual(['unobserved'])
})
test.each<readonly [string, string, Json]>([
  ['held', 'no status', { ...message(), status: undefined }],
  ['held', 'a state that only other types have', { id: 'ws_1', type: 'web_search_call', status: 'failed' }],
  ['held', 'a state of an unknown type', { id: 'zz_1', status: 'done' }],
  ['status', 'a search that is still going on', { id: 'ws_1', type: 'web_search_call', status: 'in_progress' }],
  ['status', 'a search that waits', { id: 'ws_1', type: 'web_search_call', status: 'queued' }],
  ['status', 'a message that failed', message('Hi', 'failed')],
  ['status', 'a call that failed', call('{}', 'failed')],
  ['status', 'reasoning that failed', { ...reasoning(), status: 'failed' }],
])('%s with %s', (expected, _, item) => expect(judged(rstreamItemDone, responsesStream(eventsOf(reply([item]))))).toEqual([expected]))
test('where it is told', () => {
  const tale = (events: readonly Json[]) => told(rstreamItemDone, responsesStream(events))
  const events = eventsOf()
  const [terminal, done, part] = [events.at(-1), events.at(-2), events.at(-3)]
  const before = events.slice(0, -3)
  expect(tale([...before, part, terminal])).toEqual(['missing at /output_index: output_item.done for item 0, not absent'])
  expect(tale([...before, part, done, done, terminal])).toEqual(['repeated at /output_index: once, not again'])
  expect(tale([...before, done, part, terminal])).toEqual(['late at /output_index: before event 8, not event 9'])
  expect(tale([...before, part, { ...done, item: null }, terminal])).toEqual(['item at /item: the item, not absent'])
  const open = { ...done, item: { ...done.item, status: 'queued' } }
  expect(tale([...before, part, open, terminal])).toEqual(['status at /item/status: completed or incomplete, not "queued"'])
  const many = Array.from({ length: 25 }, (_, index) => ({ ...message(), id: `msg_${index}` }))
  expect(tale(without(eventsOf(reply(many)), 'output_item.done'))).toHaveLength(20)
})
