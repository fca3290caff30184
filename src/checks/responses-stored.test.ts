import { expect, test } from 'vitest'
import { type Json, message, reply } from '../testing/responses.ts'
import { json, judged } from '../testing/transcript.ts'
import { responsesStored } from './responses-stored.ts'

const created = (store: boolean, members: Json = {}) =>
  json('POST /responses', { ...reply(), store, id: store ? 'resp_1' : 'resp_3', ...members }, { request: { store } })
const fetched = (body: Json, status = 200) => json('GET /responses/resp_1', body, { status })
const gone = fetched({ error: { message: 'Not found.' } }, 404)
const continued = json('POST /responses', { ...reply(), id: 'resp_2' }, { request: { previous_response_id: 'resp_1' } })
const refused = json('POST /responses', { error: { message: 'No.' } }, { status: 400, request: { previous_response_id: 'resp_1' } })

test('holds', () => {
  expect(judged(responsesStored, [created(true), fetched(reply()), continued, created(false), gone])).toEqual(['held'])
  expect(judged(responsesStored, [created(true), fetched({ ...reply(), x_vendor: 1 })])).toEqual(['held'])
})
test('not kept', () => expect(judged(responsesStored, [created(true), gone, continued])).toEqual(['not-kept']))
test('id', () => expect(judged(responsesStored, [created(true), fetched({ ...reply(), id: 'resp_2' })])).toEqual(['id']))
test('output', () => expect(judged(responsesStored, [created(true), fetched(reply([]))])).toEqual(['output']))
test('kept', () => expect(judged(responsesStored, [created(true), fetched(reply()), created(false), fetched(reply())])).toEqual(['kept']))
test('a server without storage, and replies that are unsound themselves', () => {
  expect(judged(responsesStored, [created(true), gone, refused])).toEqual(['unobserved'])
  expect(judged(responsesStored, [created(true), fetched({}, 405)])).toEqual(['unobserved'])
  expect(judged(responsesStored, [created(true), fetched(reply()), created(false, { id: 'resp_1' }), gone])).toEqual(['unobserved'])
  expect(judged(responsesStored, [created(true, { output: [message('')] }), fetched(reply())])).toEqual(['held'])
})
