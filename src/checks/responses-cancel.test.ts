import { expect, test } from 'vitest'
import { reply } from '../testing/responses.ts'
import { json, judged } from '../testing/transcript.ts'
import { responsesCancel } from './responses-cancel.ts'

const created = (background: boolean) => json('POST /responses', reply(), { request: { background } })
const answered = (status: number, state = 'cancelled') => json('POST /responses/resp_1/cancel', { status: state }, { status })

test('holds', () => {
  expect(judged(responsesCancel, [created(false), answered(400)])).toEqual(['held'])
  expect(judged(responsesCancel, [created(true), answered(200)])).toEqual(['held'])
  expect(judged(responsesCancel, [created(true), answered(200, 'completed')])).toEqual(['held'])
})
test('accepted', () => expect(judged(responsesCancel, [created(false), answered(200)])).toEqual(['accepted']))
test('status', () => expect(judged(responsesCancel, [created(false), answered(422)])).toEqual(['status']))
test('not cancelled', () => expect(judged(responsesCancel, [created(true), answered(200, 'in_progress')])).toEqual(['not-cancelled']))
test('unobserved', () => {
  expect(judged(responsesCancel, [created(false), answered(404)])).toEqual(['unobserved'])
  expect(judged(responsesCancel, [created(true), answered(404)])).toEqual(['unobserved'])
})
