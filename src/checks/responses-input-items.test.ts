import { expect, test } from 'vitest'
import type { Json } from '../testing/responses.ts'
import { json, judged } from '../testing/transcript.ts'
import { responsesInputItems } from './responses-input-items.ts'

const list = { object: 'list', data: [{ id: 'msg_2' }, { id: 'msg_1' }], first_id: 'msg_2', last_id: 'msg_1', has_more: false }
const one = (members: Json, status = 200) =>
  judged(responsesInputItems, json('GET /responses/resp_1/input_items', { ...list, ...members }, { status }), { count: 2 })

test('holds', () => expect(one({})).toEqual(['held']))
test('object', () => expect(one({ object: 'items' })).toEqual(['object']))
test('data', () => expect(one({ data: [] })).toEqual(['data']))
test('id', () => expect(one({ data: [{ id: 'msg_2' }, {}], last_id: '' })).toEqual(['id']))
test('first and last id', () => {
  expect(one({ first_id: null })).toEqual(['first-id'])
  expect(one({ last_id: 'msg_2' })).toEqual(['last-id'])
})
test('has more', () => expect(one({ has_more: undefined })).toEqual(['has-more']))
test('unobserved', () => expect(one({}, 404)).toEqual(['unobserved']))
