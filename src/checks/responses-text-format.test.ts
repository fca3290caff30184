import { expect, test } from 'vitest'
import { type Json, message, reply } from '../testing/responses.ts'
import { json, judged, responsesStream } from '../testing/transcript.ts'
import { responsesTextFormat } from './responses-text-format.ts'

const schema = {
  type: 'object',
  properties: { city: { type: 'string' }, rivers: { type: 'integer' } },
  required: ['city', 'rivers'],
  additionalProperties: false,
}
const request = { text: { format: { type: 'json_schema', name: 'city', schema, strict: true } } }
const one = (text: string, members: Json = {}, status = 200) =>
  judged(responsesTextFormat, json('POST /responses', reply([message(text)], members), { request, status }))

test('holds', () => expect(one('{"city":"Paris","rivers":1}')).toEqual(['held']))
test('not JSON', () => {
  expect(one('Paris has one river.')).toEqual(['not-json'])
  expect(one('"Paris"')).toEqual(['not-json'])
  expect(one('```json\n{"city":"Paris","rivers":1}\n```')).toEqual(['not-json'])
})
test('invalid', () => {
  expect(one('{"city":"Paris"}')).toEqual(['invalid'])
  expect(one('{"city":"Paris","rivers":1.5}')).toEqual(['invalid'])
  expect(one('{"city":"Paris","rivers":1,"more":true}')).toEqual(['invalid'])
})
test('unobserved', () => {
  expect(one('{"city":', { status: 'incomplete' })).toEqual(['unobserved'])
  expect(one('', {}, 400)).toEqual(['unobserved'])
  expect(one("I'm sorry, but I can't help with that.")).toEqual(['unobserved'])
})
test('a stream is judged by what cannot come from the stream itself', () => {
  const streamed = (text: string) =>
    judged(responsesTextFormat, responsesStream([{ type: 'response.completed', response: reply([message(text)]) }], { request }))
  expect(streamed('{"city":"Paris","rivers":1}')).toEqual(['held'])
  expect(streamed('Paris has one river.')).toEqual(['not-json'])
  expect(streamed('{"city":"Paris","rivers":1}!')).toEqual(['unobserved'])
})
