import { expect, test } from 'vitest'
import { eventOf, eventsOf, type Json, message, reply } from '../testing/responses.ts'
import { told } from '../testing/told.ts'
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
test('where it is told', () => {
  const tale = (change: (events: Json[]) => void, output = [message()]) => {
    const events = eventsOf(reply(output))
    change(events)
    return told(rstreamItemId, responsesStream(events))
  }
  const done = (events: Json[]) => eventOf(events, 'output_item.done').item
  expect(tale((events) => Object.assign(eventOf(events, 'output_text.done'), { item_id: 'x' }))).toEqual([
    'changed at /item_id: "msg_1", not "x"',
  ])
  expect(tale((events) => Object.assign(done(events), { id: 'x' }))).toEqual(['changed at /item/id: "msg_1", not "x"'])
  expect(tale((events) => delete eventOf(events, 'output_text.delta').item_id)).toEqual(['missing at /item_id: "msg_1", not absent'])
  const last = (events: Json[]) => Object.assign(events.at(-1).response.output[0], { id: 'y' })
  expect(tale(last)).toEqual(['changed at /response/output/0/id: "msg_1", not "y"'])
  expect(tale((events) => Object.assign(done(events), { id: 'x' }) && last(events))).toEqual(['changed at /item/id: "msg_1", not "x"'])
  const many = Array.from({ length: 25 }, (_, index) => ({ ...message(), id: `msg_${index}` }))
  const all = (events: Json[]) => {
    for (const event of events) if (event.type === 'response.output_text.done') event.item_id = 'x'
  }
  expect(tale(all, many)).toHaveLength(20)
})
test('a final output that is missing, or has other items, is another defect', () => {
  const final = (change: (terminal: Json) => unknown) => bent((events) => void change(events.at(-1)))
  expect(bent((events) => void events.pop())).toEqual(['held'])
  expect(final((terminal) => delete terminal.response)).toEqual(['held'])
  expect(final(({ response }) => delete response.output)).toEqual(['held'])
  expect(final(({ response }) => Object.assign(response, { output: [null] }))).toEqual(['held'])
  expect(final(({ response }) => Object.assign(response, { output: [{ ...message(), id: 'msg_2' }, message()] }))).toEqual(['held'])
  for (const id of [undefined, '', 5]) expect(final(({ response }) => Object.assign(response.output[0], { id }))).toEqual(['held'])
  const events = eventsOf(reply([{ ...message(), id: undefined }, message()]))
  events.at(-1).response.output[0].id = 'msg_2'
  expect(judged(rstreamItemId, responsesStream(events))).toEqual(['held'])
})
test('a stream that failed is judged for that', () => {
  const failed = (events: Json[]) => events.splice(4, 1, { ...events[4], item_id: 'msg_2' }, { type: 'error', message: 'Sorry.' })
  expect(bent(failed)).toEqual(['unobserved'])
})
