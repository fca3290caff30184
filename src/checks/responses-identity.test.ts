import { expect, test } from 'vitest'
import { eventsOf, type Json, reply } from '../testing/responses.ts'
import { told } from '../testing/told.ts'
import { json, judged, type Options, responsesStream } from '../testing/transcript.ts'
import { responsesIdentity } from './responses-identity.ts'

const one = (members: Json = {}, options: Options = {}) => json('POST /responses', { ...reply(), ...members }, options)
const dated = (members: Json) => one(members, { headers: [['date', 'Tue, 18 Nov 2025 14:03:09 GMT']] })

test('holds', () => {
  expect(judged(responsesIdentity, [one(), one({ id: 'resp_2' })])).toEqual(['held'])
  expect(judged(responsesIdentity, dated({ created_at: 1_763_474_589.25 }))).toEqual(['held'])
  expect(judged(responsesIdentity, responsesStream(eventsOf()))).toEqual(['held'])
})
test('object', () => {
  expect(judged(responsesIdentity, one({ object: 'chat.completion', model: '' }))).toEqual(['object'])
  expect(judged(responsesIdentity, one({ object: 5, model: '' }))).toEqual(['model', 'object'])
})
test('id', () => {
  for (const id of [null, '']) expect(judged(responsesIdentity, one({ id }))).toEqual(['id'])
  expect(judged(responsesIdentity, responsesStream(eventsOf(reply(undefined, { id: '' }))))).toEqual(['held'])
})
test('repeated id', () => expect(judged(responsesIdentity, [one(), one()])).toEqual(['repeated-id']))
test('created at', () => {
  expect(judged(responsesIdentity, one({ created_at: '2025-11-18' }))).toEqual(['created-at'])
  expect(judged(responsesIdentity, one({ created_at: 1_763_474_589_000 }))).toEqual(['created-at'])
  expect(judged(responsesIdentity, dated({ created_at: 0 }))).toEqual(['created-at'])
  expect(judged(responsesIdentity, one({ created_at: 1e11 }))).toEqual(['created-at'])
  const sent = Date.parse('2025-11-18T14:03:09Z') / 1000
  for (const day of [-86_400, 86_400]) {
    expect(judged(responsesIdentity, dated({ created_at: sent + day }))).toEqual(['held'])
    expect(judged(responsesIdentity, dated({ created_at: sent + day + Math.sign(day) }))).toEqual(['created-at'])
  }
})
test('model', () => {
  for (const model of ['', 5, null]) expect(judged(responsesIdentity, one({ model }))).toEqual(['model'])
})
test('an object with a status, an output or a name of its kind is a reply', () => {
  for (const body of [{ output: [] }, { status: 'completed' }])
    expect(judged(responsesIdentity, json('POST /responses', body))).toEqual(['created-at', 'id', 'model', 'object'])
  expect(judged(responsesIdentity, json('POST /responses', { object: 'response' }))).toEqual(['created-at', 'id', 'model'])
})
test('where it is told', () => {
  expect(told(responsesIdentity, [one({ object: null }), one({ model: '', created_at: '2025' })])).toEqual([
    'object at /object: "response", not null',
    'repeated-id at /id: a new id for each reply, not "resp_1"',
    'model at /model: a non-empty string, not ""',
    'created-at at /created_at: a number of seconds, not string, not "2025"',
  ])
  expect(told(responsesIdentity, one({ id: 5 }))).toEqual(['id at /id: a non-empty string, not 5'])
  expect(
    told(
      responsesIdentity,
      Array.from({ length: 25 }, () => one({ object: 'list' })),
    ),
  ).toHaveLength(20)
})
test('unobserved', () => {
  expect(judged(responsesIdentity, json('POST /responses', { error: { message: 'Sorry.' } }))).toEqual(['unobserved'])
  expect(judged(responsesIdentity, responsesStream(eventsOf().slice(0, 3), { end: 'truncated' }))).toEqual(['unobserved'])
})
