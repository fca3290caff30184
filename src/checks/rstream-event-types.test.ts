import { expect, test } from 'vitest'
import { eventsOf, reply } from '../testing/responses.ts'
import { json, judged, responsesStream } from '../testing/transcript.ts'
import { rstreamEventTypes } from './rstream-event-types.ts'

const says = (...types: string[]) => judged(rstreamEventTypes, responsesStream([...types.map((type) => ({ type })), ...eventsOf()]))

test('holds', () => {
  expect(says()).toEqual(['held'])
  expect(says('acme:progress')).toEqual(['held'])
})
test('unknown types, once each', () => {
  expect(says('response.reasoning_part.added', 'response.reasoning_part.added')).toEqual(['unknown-type'])
  expect(says('response.reasoning_part.added', 'response.progress')).toEqual(['unknown-type', 'unknown-type'])
})
test('unobserved', () => {
  expect(judged(rstreamEventTypes, responsesStream(['[DONE]']))).toEqual(['unobserved'])
  expect(judged(rstreamEventTypes, json('POST /responses', reply()))).toEqual(['unobserved'])
})
