import { expect, test } from 'vitest'
import { eventsOf, type Json, reply } from '../testing/responses.ts'
import { json, judged, type Options, responsesStream } from '../testing/transcript.ts'
import { responsesIdentity } from './responses-identity.ts'

const one = (members: Json = {}, options: Options = {}) => json('POST /responses', { ...reply(), ...members }, options)
const dated = (members: Json) => one(members, { headers: [['date', 'Tue, 18 Nov 2025 14:03:09 GMT']] })

test('holds', () => {
  expect(judged(responsesIdentity, [one(), one({ id: 'resp_2' })])).toEqual(['held'])
  expect(judged(responsesIdentity, dated({ created_at: 1_763_474_589.25 }))).toEqual(['held'])
  expect(judged(responsesIdentity, responsesStream(eventsOf()))).toEqual(['held'])
})
test('object', () => expect(judged(responsesIdentity, one({ object: 'chat.completion' }))).toEqual(['object']))
test('id', () => expect(judged(responsesIdentity, one({ id: null }))).toEqual(['id']))
test('repeated id', () => expect(judged(responsesIdentity, [one(), one()])).toEqual(['repeated-id']))
test('created at', () => {
  expect(judged(responsesIdentity, one({ created_at: '2025-11-18' }))).toEqual(['created-at'])
  expect(judged(responsesIdentity, one({ created_at: 1_763_474_589_000 }))).toEqual(['created-at'])
  expect(judged(responsesIdentity, dated({ created_at: 0 }))).toEqual(['created-at'])
})
test('model', () => expect(judged(responsesIdentity, one({ model: '' }))).toEqual(['model']))
test('unobserved', () => {
  expect(judged(responsesIdentity, json('POST /responses', { error: { message: 'Sorry.' } }))).toEqual(['unobserved'])
  expect(judged(responsesIdentity, responsesStream(eventsOf().slice(0, 3), { end: 'truncated' }))).toEqual(['unobserved'])
})
