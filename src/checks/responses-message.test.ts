import { expect, test } from 'vitest'
import { call, eventsOf, type Json, message, reasoning, reply } from '../testing/responses.ts'
import { told } from '../testing/told.ts'
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

test('where it is told, and what was there', () => {
  const tell = (output: Json[], members: Json = {}) => told(responsesMessage, json('POST /responses', reply(output, members)))
  const used = (output_tokens: number) => ({ usage: { output_tokens } })
  expect(tell([{ type: 'text' }, { type: 'zz' }])).toEqual(['missing at /output: a message item with text, not ["text","zz"]'])
  expect(tell([], used(4))).toEqual(['missing at /output: a message item with text, not 4 tokens without text'])
  expect(tell([message('')], used(4))).toEqual(['empty at /output: a message item with text, not 4 tokens without text'])
  expect(tell([message('')], used(3))).toEqual([])
  const content = [
    { type: 'output_text', text: '' },
    { type: 'text', text: 'x' },
  ]
  expect(tell([reasoning(), { ...message(), content }])).toEqual(['part-type at /output/1/content/1/type: "output_text", not "text"'])
})
test('parts without text, or of the right type, are no odd ones', () => {
  const parts = (...content: Json[]) => one([{ ...message(), content }], { usage: { output_tokens: 1 } })
  for (const part of [
    { type: 'text' },
    { type: 'text', text: '' },
    { type: 5, text: 'x' },
    null,
    { type: 'refusal', text: 'x' },
    { type: 'output_text', text: 5 },
  ])
    expect(parts(part)).toEqual(['unobserved'])
  expect(one([{ ...reasoning(), content: [{ type: 'text', text: 'x' }] }])).toEqual(['unobserved'])
  expect(one([{ ...message(), content: 'x' }], { usage: { output_tokens: 9 } })).toEqual(['empty'])
})
test('who thinks, and what the schema says of the output, is no matter here', () => {
  const view = (shape: Json[] = []) => json('POST /responses', reply([message('')], { usage: { output_tokens: 9 } }), { shape })
  expect(judged(responsesMessage, view(), undefined, ['thinks'])).toEqual(['unobserved'])
  const shape = (at: Json) => [{ requirement: 'x', violation: { code: 'type', at } }]
  expect(judged(responsesMessage, view(shape({ in: 'completion', pointer: '/output/0/id' })))).toEqual(['unobserved'])
  expect(judged(responsesMessage, view(shape({ in: 'completion', pointer: '/usage/output' })))).toEqual(['empty'])
  expect(judged(responsesMessage, view(shape({ in: 'status' })))).toEqual(['empty'])
  expect(one([{ id: 'x' }], { usage: { output_tokens: 9 } })).toEqual(['unobserved'])
})
