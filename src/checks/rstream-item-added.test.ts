import { expect, test } from 'vitest'
import { call, eventOf, eventsOf, type Json, message, reasoning, reply, without } from '../testing/responses.ts'
import { told } from '../testing/told.ts'
import { judged, responsesStream } from '../testing/transcript.ts'
import { rstreamItemAdded } from './rstream-item-added.ts'

const bent = (change: (item: Json) => void, output = [message()]) => {
  const events = eventsOf(reply(output))
  change(eventOf(events, 'output_item.added').item)
  return judged(rstreamItemAdded, responsesStream(events))
}

test('holds', () => {
  expect(judged(rstreamItemAdded, responsesStream(eventsOf(reply([reasoning(), message(), call()]))))).toEqual(['held'])
  expect(bent((item) => delete item.status)).toEqual(['held'])
})
test('missing', () => expect(judged(rstreamItemAdded, responsesStream(without(eventsOf(), 'output_item.added')))).toEqual(['missing']))
test('late', () => {
  const events = eventsOf()
  expect(judged(rstreamItemAdded, responsesStream([...events.slice(0, 2), events[3], events[2], ...events.slice(4)]))).toEqual(['late'])
})
test('repeated', () => {
  const events = eventsOf()
  expect(judged(rstreamItemAdded, responsesStream([...events.slice(0, 3), ...events.slice(2)]))).toEqual(['repeated'])
})
test('status', () => expect(bent((item) => Object.assign(item, { status: 'completed' }))).toEqual(['status']))
test('not empty', () => {
  expect(bent((item) => Object.assign(item, { content: message().content }))).toEqual(['not-empty'])
  expect(bent((item) => Object.assign(item, { summary: reasoning().summary }), [reasoning()])).toEqual(['not-empty'])
})
test('item', () => {
  const events = eventsOf()
  delete eventOf(events, 'output_item.added').item
  expect(judged(rstreamItemAdded, responsesStream(events))).toEqual(['item'])
})
test('type', () => expect(bent((item) => Object.assign(item, { type: 'reasoning' }))).toEqual(['type']))
test('unobserved', () => {
  expect(judged(rstreamItemAdded, responsesStream(eventsOf(reply([]))))).toEqual(['unobserved'])
  expect(judged(rstreamItemAdded, responsesStream([...eventsOf().slice(0, 4), { type: 'error', message: 'Sorry.' }]))).toEqual([
    'unobserved',
  ])
})
test('where it is told', () => {
  const tale = (events: readonly Json[]) => told(rstreamItemAdded, responsesStream(events))
  const changed = (members: Json, output = [message()]) => {
    const events = eventsOf(reply(output))
    Object.assign(eventOf(events, 'output_item.added').item, members)
    return tale(events)
  }
  const [created, progress, added, part, ...rest] = eventsOf()
  expect(tale([created, progress, part, ...rest])).toEqual(['missing at /output_index: output_item.added for item 0, not absent'])
  expect(tale([created, progress, part, added, ...rest])).toEqual(['late at /output_index: before event 2, not event 3'])
  expect(tale([created, progress, added, added, part, ...rest])).toEqual(['repeated at /output_index: once, not again'])
  expect(tale([created, progress, { ...added, item: null }, part, ...rest])).toEqual(['item at /item: the item, not absent'])
  expect(changed({ type: 'zz' })).toEqual(['type at /item/type: "message", not "zz"'])
  expect(changed({ status: 'completed' })).toEqual(['status at /item/status: in_progress, not "completed"'])
  expect(changed({ content: undefined })).toEqual(['not-empty at /item/content: [], not absent'])
  expect(changed({ content: '' })).toEqual(['not-empty at /item/content: [], not string'])
  expect(changed(reasoning(), [reasoning()])).toEqual([
    'status at /item/status: in_progress, not "completed"',
    'not-empty at /item/summary: [], not array of 1',
    'not-empty at /item/content: [], not array of 1',
  ])
  const many = eventsOf(reply(Array.from({ length: 25 }, (_, index) => ({ ...message(), id: `msg_${index}` }))))
  expect(tale(many.map((event) => (event.type === 'response.output_item.added' ? { ...event, item: null } : event)))).toHaveLength(20)
})
test('which items begin in progress', () => {
  expect(bent((item) => Object.assign(item, { status: 'completed' }), [call()])).toEqual(['status'])
  expect(
    bent((item) => Object.assign(item, { status: 'searching' }), [{ id: 'ws_1', type: 'web_search_call', status: 'completed' }]),
  ).toEqual(['held'])
  expect(bent((item) => Object.assign(item, { status: null }))).toEqual(['held'])
})
test('an item that was never done has no type to compare with', () => {
  expect(judged(rstreamItemAdded, responsesStream(without(eventsOf(), 'output_item.done')))).toEqual(['held'])
})
