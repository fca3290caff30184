import { expect, test } from 'vitest'
import { eventsOf, reply } from '../testing/responses.ts'
import { json, judged, responsesStream } from '../testing/transcript.ts'
import { rstreamResponseId } from './rstream-response-id.ts'

test('holds', () => expect(judged(rstreamResponseId, responsesStream(eventsOf()))).toEqual(['held']))
test('changed', () => {
  const events = eventsOf()
  events[1].response.id = 'resp_2'
  expect(judged(rstreamResponseId, responsesStream(events))).toEqual(['changed'])
})
test('missing', () => {
  const events = eventsOf()
  delete events[0].response.id
  expect(judged(rstreamResponseId, responsesStream(events))).toEqual(['missing'])
  expect(judged(rstreamResponseId, responsesStream([{ type: 'response.created', response: {} }]))).toEqual(['missing'])
})
test('unobserved', () => {
  expect(judged(rstreamResponseId, responsesStream(['[DONE]']))).toEqual(['unobserved'])
  expect(judged(rstreamResponseId, json('POST /responses', reply()))).toEqual(['unobserved'])
})
