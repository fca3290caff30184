import { expect, test } from 'vitest'
import { call, eventOf, eventsOf, type Json, message, reasoning, reply, without } from '../testing/responses.ts'
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
