import { expect, test } from 'vitest'
import { call, eventsOf, type Json, message, reasoning, reply } from '../testing/responses.ts'
import { json, judged, responsesStream } from '../testing/transcript.ts'
import { responsesMessage } from './responses-message.ts'

const one = (output: Json[], members: Json = {}) => judged(responsesMessage, json('POST /responses', reply(output, members)))

test('holds', () => {
  expect(one([message()])).toEqual(['held'])
  expect(judged(responsesMessage, responsesStream(eventsOf()))).toEqual(['held'])
})
test('missing', () => {
  expect(one([])).toEqual(['missing'])
  expect(one([{ id: 't', type: 'text', text: 'Hello' }])).toEqual(['missing'])
})
test('a stream that is completed without any item', () => {
  const created = { type: 'response.created', sequence_number: 0, response: reply([], { status: 'in_progress', usage: null }) }
  const completed = { type: 'response.completed', sequence_number: 1, response: reply([]) }
  expect(judged(responsesMessage, responsesStream([created, completed]))).toEqual(['missing'])
  // where items were streamed, that the output lacks them is the business of another rule
  const items = eventsOf().map((event) => (event.type === 'response.completed' ? { ...event, response: reply([]) } : event))
  expect(judged(responsesMessage, responsesStream(items))).toEqual(['unobserved'])
})
test('part type', () => expect(one([{ ...message(), content: [{ type: 'text', text: 'Hello' }] }])).toEqual(['part-type']))
test('empty', () => expect(one([message('')])).toEqual(['empty']))
test('what the model did is not judged', () => {
  const silent = { usage: { ...reply().usage, output_tokens: 1 } }
  expect(one([message('')], silent)).toEqual(['unobserved'])
  expect(one([], silent)).toEqual(['unobserved'])
  expect(one([call()])).toEqual(['unobserved'])
  expect(one([reasoning()])).toEqual(['unobserved'])
  expect(one([], { status: 'incomplete' })).toEqual(['unobserved'])
})
