import { expect, test } from 'vitest'
import { eventOf, eventsOf, type Json, message, reasoning, reply, without } from '../testing/responses.ts'
import { judged, responsesStream } from '../testing/transcript.ts'
import { rreasoningStream } from './rreasoning-stream.ts'

const bent = (change: (events: Json[]) => unknown, output = [reasoning(), message()]) => {
  const events = eventsOf(reply(output))
  const changed = change(events)
  return judged(rreasoningStream, responsesStream(Array.isArray(changed) ? changed : events))
}

test('holds', () => expect(bent(() => {})).toEqual(['held']))
test('part missing', () => {
  expect(bent((events) => without(events, 'reasoning_summary_part.added'))).toEqual(['part-missing'])
  expect(bent((events) => events.filter(({ part, type }) => part?.type !== 'reasoning_text' || !type.endsWith('added')))).toEqual([
    'part-missing',
  ])
})
test('part late', () => expect(bent((events) => [...events.slice(0, 3), events[4], events[3], ...events.slice(5)])).toEqual(['part-late']))
test('not dense', () => {
  const later = (events: Json[]) => events.map((event) => (event.summary_index === 0 ? { ...event, summary_index: 1 } : event))
  expect(bent(later)).toEqual(['not-dense'])
})
test('end missing', () => expect(bent((events) => without(events, 'reasoning_summary_text.done'))).toEqual(['end-missing']))
test('close missing', () => expect(bent((events) => without(events, 'reasoning_summary_part.done'))).toEqual(['close-missing']))
test('end differs', () =>
  expect(bent((events) => Object.assign(eventOf(events, 'reasoning_text.done'), { text: 'no' }))).toEqual(['end-differs']))
test('end repeated', () => {
  const twice = (events: Json[]) => events.flatMap((event) => (event.type === 'response.reasoning_text.done' ? [event, event] : [event]))
  expect(bent(twice)).toEqual(['end-repeated'])
})
test('deltas differ', () => expect(bent((events) => without(events, 'reasoning_summary_text.delta'))).toEqual(['deltas-differ']))
test('part differs', () =>
  expect(bent((events) => Object.assign(eventOf(events, 'reasoning_summary_part.done').part, { text: 'no' }))).toEqual(['part-differs']))
test('item differs', () =>
  expect(bent((events) => Object.assign(eventOf(events, 'output_item.done').item.summary[0], { text: 'no' }))).toEqual(['item-differs']))
test('order', () => {
  const at = (events: Json[]) => events.findIndex(({ type }) => type === 'response.reasoning_summary_text.done')
  const swapped = (events: Json[]) => [
    ...events.slice(0, at(events) - 1),
    events[at(events)],
    events[at(events) - 1],
    ...events.slice(at(events) + 1),
  ]
  expect(bent(swapped)).toEqual(['order'])
})
test('unobserved', () => {
  expect(bent(() => {}, [message()])).toEqual(['unobserved'])
  expect(bent(() => {}, [{ id: 'rs_1', type: 'reasoning', summary: [] }, message()])).toEqual(['unobserved'])
})
