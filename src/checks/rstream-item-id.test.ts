import { expect, test } from 'vitest'
import { eventOf, eventsOf, type Json, message, reply } from '../testing/responses.ts'
import { judged, responsesStream } from '../testing/transcript.ts'
import { rstreamItemId } from './rstream-item-id.ts'

const bent = (change: (events: Json[]) => void) => {
  const events = eventsOf()
  change(events)
  return judged(rstreamItemId, responsesStream(events))
}

test('holds', () => expect(bent(() => {})).toEqual(['held']))
test('changed', () => {
  expect(bent((events) => Object.assign(eventOf(events, 'output_text.done'), { item_id: 'msg_2' }))).toEqual(['changed'])
  expect(bent((events) => Object.assign(eventOf(events, 'output_item.done').item, { id: 'msg_2' }))).toEqual(['changed'])
  expect(bent((events) => Object.assign(events.at(-1).response.output[0], { id: 'msg_2' }))).toEqual(['changed'])
})
test('missing', () => {
  expect(bent((events) => delete eventOf(events, 'output_text.delta').item_id)).toEqual(['missing'])
  expect(bent((events) => delete eventOf(events, 'output_item.added').item.id)).toEqual(['missing'])
})
test('unobserved', () => {
  const nowhere = eventsOf(reply([{ ...message(), id: undefined }]))
  expect(judged(rstreamItemId, responsesStream(nowhere))).toEqual(['unobserved'])
  expect(judged(rstreamItemId, responsesStream(eventsOf(reply([]))))).toEqual(['unobserved'])
})
