import { expect, test } from 'vitest'
import { call, cutReply, eventsOf, type Json, message, reasoning, reply, without } from '../testing/responses.ts'
import { told } from '../testing/told.ts'
import { json, judged, responsesStream } from '../testing/transcript.ts'
import type { Locus } from '../types.ts'
import { rstreamSnapshot } from './rstream-snapshot.ts'

const bent = (change: (response: Json) => unknown, output = [message()]) => {
  const events = eventsOf(reply(output))
  change(events.at(-1).response)
  return judged(rstreamSnapshot, responsesStream(events))
}

test('holds', () => {
  expect(bent(() => {}, [reasoning(), message(), call()])).toEqual(['held'])
  expect(bent((response) => delete response.output[0].content[0].logprobs)).toEqual(['held'])
})
test('a reply that was cut holds too', () => {
  expect(judged(rstreamSnapshot, responsesStream(eventsOf(cutReply())))).toEqual(['held'])
})
test('usage missing', () => {
  expect(bent((response) => delete response.usage)).toEqual(['usage-missing'])
  expect(bent((response) => Object.assign(response, { usage: null }))).toEqual(['usage-missing'])
})
test('response missing', () => {
  const events = eventsOf()
  delete events.at(-1).response
  expect(judged(rstreamSnapshot, responsesStream(events))).toEqual(['response-missing'])
})
test('status', () => expect(bent((response) => Object.assign(response, { status: 'in_progress' }))).toEqual(['status']))
test('output missing', () => expect(bent((response) => delete response.output)).toEqual(['output-missing']))
test('count', () => expect(bent((response) => Object.assign(response, { output: [] }))).toEqual(['count']))
test('differs', () => {
  expect(bent((response) => Object.assign(response.output[0], { role: 'user' }))).toEqual(['differs'])
  expect(bent((response) => Object.assign(response.output[0], { arguments: '{}' }), [call()])).toEqual(['differs'])
  expect(bent((response) => response.output.reverse(), [message('One'), { ...message('Two'), id: 'msg_2' }])).toEqual([
    'differs',
    'differs',
  ])
})
test('a done item that differs from its own deltas is judged elsewhere', () => {
  const events = eventsOf()
  events.at(-2).item.content[0].text = 'Bye'
  expect(judged(rstreamSnapshot, responsesStream(events))).toEqual(['held'])
})
test('where it is told', () => {
  const tale = (change: (terminal: Json) => unknown, output = [message()]) => {
    const events = eventsOf(reply(output))
    change(events.at(-1))
    return told(rstreamSnapshot, responsesStream(events))
  }
  expect(tale((terminal) => delete terminal.response)).toEqual(['response-missing at /response: the response, not absent'])
  expect(tale(({ response }) => Object.assign(response, { status: 'queued', output: [], usage: null }))).toEqual([
    'status at /response/status: a status that goes with the event, not "queued"',
    'usage-missing at /response/usage: usage, not null',
    'count at /response/output: 1 items, not 0',
  ])
  expect(tale(({ response }) => delete response.output)).toEqual(['output-missing at /response/output: an array, not absent'])
  expect(tale(({ response }) => Object.assign(response.output[1], { role: 'user' }), [reasoning(), message()])).toEqual([
    'differs at /response/output/1/role: "assistant", not "user"',
  ])
  const many = Array.from({ length: 25 }, (_, index) => ({ ...message(), id: `msg_${index}` }))
  const users = ({ response }: Json) => {
    for (const item of response.output) item.role = 'user'
  }
  expect(tale(users, many)).toHaveLength(20)
})

const other = { ...reply([message('Something else')]) }
const streamed = (events: readonly (object | string)[]) => judged(rstreamSnapshot, responsesStream(events))
/** The events of one reply, but the last of another. */
const mixed = (events: readonly Json[]) => [...events.slice(0, -1), { ...events.at(-1), response: other }]

test('an output of which nothing was streamed', () => {
  const [created] = eventsOf()
  const completed = { type: 'response.completed', response: other }
  const unplaced = { type: 'response.output_item.added', item: message() }
  expect(streamed([created, completed])).toEqual(['count'])
  expect(streamed([created, '{"type":', completed])).toEqual(['held'])
  expect(streamed([created, unplaced, completed])).toEqual(['held'])
})
test('items that cannot be told apart, or that never ended, are not compared', () => {
  expect(streamed(mixed(eventsOf()))).toEqual(['differs'])
  expect(streamed([{ zz: 1 }, ...mixed(eventsOf())])).toEqual(['held'])
  expect(streamed(mixed(without(eventsOf(), 'output_item.done')))).toEqual(['held'])
  const closed = mixed(eventsOf())
  delete closed.at(-2).item
  expect(streamed(closed)).toEqual(['held'])
  const two = eventsOf(reply([message(), { ...message('Two'), id: 'msg_2' }]))
  two.at(-1).response.output[0].role = 'user'
  expect(streamed(two)).toEqual(['differs'])
  expect(streamed([...two.slice(0, -2), two.at(-1)])).toEqual(['held'])
})
test.each<readonly [string, { readonly in: string; readonly index?: number; readonly pointer?: string }]>([
  ['held', { in: 'event', index: -1, pointer: '/response/output/0' }],
  ['held', { in: 'event', index: -1, pointer: '/response/output/0/content/0' }],
  ['differs', { in: 'event', index: -1, pointer: '/response/output/01' }],
  ['differs', { in: 'event', index: -1, pointer: '/response/output' }],
  ['differs', { in: 'event', index: 0, pointer: '/response/output/0' }],
  ['differs', { in: 'completion', pointer: '/response/output/0' }],
  ['differs', { in: 'end' }],
])('%s where the schema speaks of %j', (expected, place) => {
  const events = mixed(eventsOf())
  const at = { ...place, ...(place.index === undefined ? {} : { index: place.index < 0 ? events.length - 1 : place.index }) } as Locus
  const shape = [{ requirement: 'responses.shape', violation: { code: 'type', at } }]
  expect(judged(rstreamSnapshot, responsesStream(events, { shape }))).toEqual([expected])
})
test('unobserved', () => {
  const failed = { type: 'response.failed', response: { ...reply([]), status: 'failed', output: undefined } }
  expect(streamed([...eventsOf().slice(0, -1), failed])).toEqual(['unobserved'])
  expect(judged(rstreamSnapshot, responsesStream(eventsOf().slice(0, -1)))).toEqual(['unobserved'])
  expect(judged(rstreamSnapshot, json('POST /responses', reply()))).toEqual(['unobserved'])
})
