import { expect, test } from 'vitest'
import { call, cutReply, eventOf, eventsOf, type Json, reasoning, reply, weather, without } from '../testing/responses.ts'
import { told } from '../testing/told.ts'
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

test('where it is told, and what was there', () => {
  const events = eventsOf(reply([call()]))
  const tell = (type: string, bend: (event: Json) => unknown, request: Json = { tools: [weather] }) => {
    const list: Json[] = structuredClone(events)
    for (const event of list) if (event.type === type) bend(event)
    return told(rtoolsStream, responsesStream(list, { request }))
  }
  const added = 'response.output_item.added'
  expect(tell(added, ({ item }) => Object.assign(item, { arguments: 'x' }))).toEqual(['added-arguments at /item/arguments: "", not "x"'])
  for (const name of ['', 5, 'zz'])
    expect(tell(added, ({ item }) => Object.assign(item, { name }))).toContain(
      `name at /item/name: "get_weather", not ${JSON.stringify(name)}`,
    )
  expect(tell(added, ({ item }) => Object.assign(item, { call_id: 'x' }))).toContain('call-id at /item/call_id: "call_1", not "x"')
  const ended = 'response.function_call_arguments.done'
  expect(tell(ended, (event) => Object.assign(event, { name: 'zz' }))).toContain('name at /name: "get_weather", not "zz"')
  expect(tell(ended, (event) => Object.assign(event, { name: 5 }))).toEqual([])
  const finish = 'response.output_item.done'
  expect(tell(finish, ({ item }) => delete item.call_id).filter((line) => line.startsWith('call-id'))).toEqual([])
  const nameless = (name: string, request: Json) =>
    told(
      rtoolsStream,
      responsesStream(
        events.map((event: Json) =>
          event.type === added
            ? { ...event, item: { ...event.item, name } }
            : event.type === finish
              ? { ...event, item: { ...event.item, name: 5 } }
              : event,
        ),
        { request },
      ),
    ).filter((line) => line.startsWith('name'))
  expect(nameless('zz', { tools: [weather] })).toEqual(['name at /item/name: a declared name, not "zz"'])
  expect(nameless('get_weather', { tools: [weather] })).toEqual([])
  expect(nameless('zz', {})).toEqual([])
})
