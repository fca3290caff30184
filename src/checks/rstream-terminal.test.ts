import { expect, test } from 'vitest'
import { eventsOf, reply } from '../testing/responses.ts'
import { json, judged, responsesStream } from '../testing/transcript.ts'
import { rstreamTerminal } from './rstream-terminal.ts'

const events = eventsOf()

test('holds', () => {
  expect(judged(rstreamTerminal, responsesStream(events))).toEqual(['held'])
  expect(judged(rstreamTerminal, responsesStream([...events, '[DONE]']))).toEqual(['held'])
})
test('truncated', () => expect(judged(rstreamTerminal, responsesStream(events.slice(0, 5), { end: 'truncated' }))).toEqual(['truncated']))
test('missing', () => expect(judged(rstreamTerminal, responsesStream(events.slice(0, -1)))).toEqual(['missing']))
test('repeated', () => expect(judged(rstreamTerminal, responsesStream([...events, events.at(-1)]))).toEqual(['repeated']))
test('event after', () => expect(judged(rstreamTerminal, responsesStream([...events, { type: 'ping' }]))).toEqual(['event-after']))
test('unobserved', () => {
  expect(judged(rstreamTerminal, responsesStream(events.slice(0, 5), { end: 'timeout' }))).toEqual(['unobserved'])
  expect(judged(rstreamTerminal, responsesStream([...events.slice(0, 5), { type: 'error', message: 'Sorry.' }]))).toEqual(['unobserved'])
  expect(judged(rstreamTerminal, responsesStream([{ object: 'chat.completion.chunk', choices: [] }]))).toEqual(['unobserved'])
  expect(judged(rstreamTerminal, json('POST /responses', reply()))).toEqual(['unobserved'])
})
