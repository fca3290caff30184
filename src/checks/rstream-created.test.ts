import { expect, test } from 'vitest'
import { eventsOf, message, reply, without } from '../testing/responses.ts'
import { json, judged, responsesStream } from '../testing/transcript.ts'
import { rstreamCreated } from './rstream-created.ts'

test('holds', () => {
  expect(judged(rstreamCreated, responsesStream(eventsOf()))).toEqual(['held'])
  expect(judged(rstreamCreated, responsesStream([{ type: 'acme.hello' }, ...eventsOf()]))).toEqual(['held'])
})
test('missing', () => expect(judged(rstreamCreated, responsesStream(without(eventsOf(), 'created')))).toEqual(['missing']))
test('not first', () => {
  const [created, ...rest] = eventsOf()
  expect(judged(rstreamCreated, responsesStream([rest[0], created, ...rest.slice(1)]))).toEqual(['not-first'])
})
test('repeated', () => expect(judged(rstreamCreated, responsesStream([eventsOf()[0], ...eventsOf()]))).toEqual(['repeated']))
test('response', () => {
  const [created, ...rest] = eventsOf()
  expect(judged(rstreamCreated, responsesStream([{ ...created, response: null }, ...rest]))).toEqual(['response'])
})
test('status', () => {
  const events = eventsOf()
  events[0].response.status = 'completed'
  expect(judged(rstreamCreated, responsesStream(events))).toEqual(['status'])
})
test('output', () => {
  for (const output of [undefined, null, [message()], {}]) {
    const events = eventsOf()
    events[0].response.output = output
    expect(judged(rstreamCreated, responsesStream(events))).toEqual(['output'])
  }
})
test('unobserved', () => {
  expect(judged(rstreamCreated, responsesStream([{ type: 'error', error: { message: 'Sorry.' } }]))).toEqual(['unobserved'])
  expect(judged(rstreamCreated, responsesStream(['[DONE]']))).toEqual(['unobserved'])
  expect(judged(rstreamCreated, json('POST /responses', reply()))).toEqual(['unobserved'])
})
