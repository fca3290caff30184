import { expect, test } from 'vitest'
import { call, cutReply, eventOf, eventsOf, type Json, reasoning, reply, weather, without } from '../testing/responses.ts'
import { judged, responsesStream } from '../testing/transcript.ts'
import { rtoolsStream } from './rtools-stream.ts'

const bent = (change: (events: Json[]) => unknown, response = reply([call()])) => {
  const events = eventsOf(response)
  const changed = change(events)
  return judged(rtoolsStream, responsesStream(Array.isArray(changed) ? changed : events, { request: { tools: [weather] } }))
}

test('holds', () => {
  expect(bent(() => {})).toEqual(['held'])
  expect(bent((events) => delete eventOf(events, 'function_call_arguments.done').name)).toEqual(['held'])
  expect(bent(() => {}, reply([reasoning(), call(), { ...call('{"city":"Lima"}'), id: 'fc_2', call_id: 'call_2' }]))).toEqual(['held'])
})
test('a call that the cap cut', () =>
  expect(bent((events) => without(events, 'function_call_arguments.done'), cutReply([call('{"ci', 'incomplete')]))).toEqual(['held']))
test('name', () => {
  expect(bent((events) => delete eventOf(events, 'output_item.added').item.name)).toEqual(['name'])
  expect(bent((events) => Object.assign(eventOf(events, 'function_call_arguments.done'), { name: 'other' }))).toEqual(['name'])
})
test('call id', () =>
  expect(bent((events) => Object.assign(eventOf(events, 'output_item.done').item, { call_id: 'call_9' }))).toEqual(['call-id']))
test('arguments when added', () =>
  expect(bent((events) => Object.assign(eventOf(events, 'output_item.added').item, { arguments: '{}' }))).toEqual(['added-arguments']))
test('deltas differ', () => {
  expect(bent((events) => without(events, 'function_call_arguments.delta'))).toEqual(['deltas-differ'])
  expect(bent((events) => [...events.slice(0, 3), ...events.slice(-2)])).toEqual(['deltas-differ'])
})
test('end missing', () => expect(bent((events) => without(events, 'function_call_arguments.done'))).toEqual(['end-missing']))
test('end differs', () =>
  expect(bent((events) => Object.assign(eventOf(events, 'function_call_arguments.done'), { arguments: '{}' }))).toEqual(['end-differs']))
test('item differs', () =>
  expect(bent((events) => Object.assign(eventOf(events, 'output_item.done').item, { arguments: '{}' }))).toEqual(['item-differs']))
test('end repeated', () => expect(bent((events) => [...events.slice(0, -2), events.at(-3), ...events.slice(-2)])).toEqual(['end-repeated']))
test('order', () =>
  expect(bent((events) => [...events.slice(0, -4), events.at(-3), events.at(-4), ...events.slice(-2)])).toEqual(['order']))
test('unobserved', () => expect(bent(() => {}, reply())).toEqual(['unobserved']))
