import { expect, test } from 'vitest'
import { eventsOf, reply } from '../testing/responses.ts'
import { json, judged, type Options, raw, responsesStream } from '../testing/transcript.ts'
import { rstreamEventName } from './rstream-event-name.ts'

const options: Options = { headers: [['content-type', 'text/event-stream']], request: { stream: true } }
const events = eventsOf()

test('holds', () => {
  expect(judged(rstreamEventName, responsesStream(events))).toEqual(['held'])
  expect(judged(rstreamEventName, responsesStream([...events, '[DONE]']))).toEqual(['held'])
})
test('missing', () =>
  expect(judged(rstreamEventName, raw('POST /responses', 'data: {"type":"response.created"}\n\n', options))).toEqual(['missing']))
test('different', () =>
  expect(judged(rstreamEventName, raw('POST /responses', 'event: message\ndata: {"type":"response.created"}\n\n', options))).toEqual([
    'different',
  ]))
test('unobserved', () => {
  expect(judged(rstreamEventName, responsesStream(['[DONE]']))).toEqual(['unobserved'])
  expect(judged(rstreamEventName, json('POST /responses', reply()))).toEqual(['unobserved'])
})
