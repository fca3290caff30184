import { expect, test } from 'vitest'
import { call, eventOf, eventsOf, reply, without } from '../testing/responses.ts'
import { judged, responsesStream } from '../testing/transcript.ts'
import { rstreamPartAdded } from './rstream-part-added.ts'

test('holds', () => expect(judged(rstreamPartAdded, responsesStream(eventsOf()))).toEqual(['held']))
test('missing', () => expect(judged(rstreamPartAdded, responsesStream(without(eventsOf(), 'content_part.added')))).toEqual(['missing']))
test('late', () => {
  const events = eventsOf()
  expect(judged(rstreamPartAdded, responsesStream([...events.slice(0, 3), events[4], events[3], ...events.slice(5)]))).toEqual(['late'])
})
test('repeated', () => {
  const events = eventsOf()
  expect(judged(rstreamPartAdded, responsesStream([...events.slice(0, 4), ...events.slice(3)]))).toEqual(['repeated'])
})
test('not empty', () => {
  const events = eventsOf()
  eventOf(events, 'content_part.added').part.text = 'Hello'
  expect(judged(rstreamPartAdded, responsesStream(events))).toEqual(['not-empty'])
})
test('unobserved', () => {
  expect(judged(rstreamPartAdded, responsesStream(eventsOf(reply([call()]))))).toEqual(['unobserved'])
  const nowhere = eventsOf().map(({ content_index, ...event }) => event)
  expect(judged(rstreamPartAdded, responsesStream(nowhere))).toEqual(['unobserved'])
})
