import { expect, test } from 'vitest'
import { cutReply, eventsOf, message, reply, without } from '../testing/responses.ts'
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
