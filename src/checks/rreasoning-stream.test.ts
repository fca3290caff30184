import { expect, test } from 'vitest'
import { eventOf, eventsOf, type Json, message, reasoning, reply, without } from '../testing/responses.ts'
import { told } from '../testing/told.ts'
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
test('where it is told', () => {
  const tale = (change: (events: Json[]) => Json[], output = [reasoning()]) =>
    told(rreasoningStream, responsesStream(change(eventsOf(reply(output)))))
  expect(tale((events) => without(events, 'reasoning_summary_part.added'))).toEqual([
    'part-missing at /summary_index: part 0 added, not absent',
  ])
  expect(tale((events) => without(events, 'content_part.added'))).toEqual(['part-missing at /content_index: part 0 added, not absent'])
  expect(tale(([created, progress, added, part, delta, ...rest]) => [created, progress, added, delta, part, ...rest])).toEqual([
    'part-late at /summary_index: before event 3, not event 4',
  ])
  const later = (events: Json[]) => events.map((event) => (event.summary_index === 0 ? { ...event, summary_index: 1 } : event))
  expect(tale(later)).toEqual(['not-dense at /summary_index: 0, not 1'])
  const many = { ...reasoning(), summary: Array.from({ length: 25 }, () => ({ type: 'summary_text', text: 'So' })) }
  expect(tale((events) => without(events, 'reasoning_summary_part.added'), [many])).toHaveLength(20)
})
test('several summaries are counted from zero', () => {
  const three = { ...reasoning(), summary: ['One', 'Two', 'Three'].map((text) => ({ type: 'summary_text', text })) }
  expect(bent(() => {}, [three])).toEqual(['held'])
})

const summary = { id: 'rs_1', type: 'reasoning', summary: reasoning().summary }
const retyped = (events: readonly Json[], announced: string | undefined, done: string) =>
  events.flatMap((event) => {
    if (event.type === 'response.output_item.done') return [{ ...event, item: { ...event.item, type: done } }]
    if (event.type !== 'response.output_item.added') return [event]
    return announced === undefined ? [] : [{ ...event, item: { ...event.item, type: announced } }]
  })
const unstreamed = (events: readonly Json[]) => events.filter(({ type }) => !type.startsWith('response.reasoning_'))

test.each([
  ['reasoning', 'reasoning', ['deltas-differ']],
  ['zz', 'reasoning', ['deltas-differ']],
  ['reasoning', 'zz', ['deltas-differ']],
  ['zz', 'zz', ['unobserved']],
  [undefined, 'zz', ['unobserved']],
])('a summary that was not streamed, announced as %s and done as %s', (announced, done, expected) =>
  expect(bent((events) => retyped(unstreamed(events), announced, done), [summary])).toEqual(expected),
)
test('thoughts are judged in items of whatever type', () => {
  const torn = (events: readonly Json[]) => retyped(without(events, 'reasoning_summary_text.done'), 'zz', 'zz')
  expect(bent(torn, [summary])).toEqual(['end-missing'])
  expect(bent(torn, [reasoning()])).toEqual(['end-missing'])
})
test('events that cannot be placed, and streams that failed', () => {
  const torn = (events: Json[]) => without(events, 'reasoning_summary_part.added')
  const unplaced = (event: Json) => (event.type === 'response.reasoning_summary_text.done' ? { ...event, summary_index: undefined } : event)
  expect(bent((events) => torn(events).map(unplaced))).toEqual(['unobserved'])
  expect(bent((events) => [...torn(events).slice(0, -1), { type: 'error', message: 'Sorry.' }])).toEqual(['unobserved'])
})
