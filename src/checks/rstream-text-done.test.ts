import { expect, test } from 'vitest'
import { call, cutReply, eventOf, eventsOf, type Json, message, reply, without } from '../testing/responses.ts'
import { judged, responsesStream } from '../testing/transcript.ts'
import { rstreamTextDone } from './rstream-text-done.ts'

const bent = (change: (events: Json[]) => unknown, response = reply()) => {
  const events = eventsOf(response)
  const changed = change(events)
  return judged(rstreamTextDone, responsesStream(Array.isArray(changed) ? changed : events))
}

test('holds', () => {
  expect(bent(() => {})).toEqual(['held'])
  expect(bent(() => {}, cutReply())).toEqual(['held'])
  expect(bent(() => {}, reply([message('')]))).toEqual(['held'])
  expect(bent(() => {}, reply([message('\uFFFD é 日本')]))).toEqual(['held'])
})
test('a refusal', () => {
  const place = { item_id: 'msg_1', output_index: 0, content_index: 0 }
  const item = { ...message(), content: [{ type: 'refusal', refusal: 'No.' }] }
  const told = (refusal: string) => [
    { type: 'response.output_item.added', output_index: 0, item: { ...item, status: 'in_progress', content: [] } },
    { type: 'response.content_part.added', ...place, part: { type: 'refusal', refusal: '' } },
    { type: 'response.refusal.delta', ...place, delta: 'No.' },
    { type: 'response.refusal.done', ...place, refusal },
    { type: 'response.content_part.done', ...place, part: item.content[0] },
    { type: 'response.output_item.done', output_index: 0, item },
  ]
  expect(judged(rstreamTextDone, responsesStream(told('No.')))).toEqual(['held'])
  expect(judged(rstreamTextDone, responsesStream(told('Never.')))).toEqual(['end-differs'])
})
test('deltas differ', () => {
  expect(bent((events) => events.filter((_, index) => index !== 4))).toEqual(['deltas-differ'])
  expect(bent((events) => without(events, 'output_text.delta'))).toEqual(['deltas-differ'])
  expect(bent((events) => [...events.slice(0, 3), ...events.slice(-2)])).toEqual(['deltas-differ'])
})
test('end missing', () => expect(bent((events) => without(events, 'output_text.done'))).toEqual(['end-missing']))
test('close missing', () => expect(bent((events) => without(events, 'content_part.done'))).toEqual(['close-missing']))
test('end differs', () =>
  expect(bent((events) => Object.assign(eventOf(events, 'output_text.done'), { text: 'Bye' }))).toEqual(['end-differs']))
test('part differs', () =>
  expect(bent((events) => Object.assign(eventOf(events, 'content_part.done').part, { text: 'Bye' }))).toEqual(['part-differs']))
test('item differs', () =>
  expect(bent((events) => Object.assign(eventOf(events, 'output_item.done').item, { content: [] }))).toEqual(['item-differs']))
test('end repeated', () => expect(bent((events) => [...events.slice(0, 8), ...events.slice(7)])).toEqual(['end-repeated']))
test('order', () => expect(bent((events) => [...events.slice(0, 6), events[7], events[6], ...events.slice(8)])).toEqual(['order']))
test('unobserved', () => {
  expect(bent(() => {}, reply([call()]))).toEqual(['unobserved'])
  expect(bent((events) => [...events.slice(0, 6), { type: 'error', message: 'Sorry.' }])).toEqual(['unobserved'])
})
