import { expect, test } from 'vitest'
import { eventsOf, reply } from '../testing/responses.ts'
import { judged, responsesStream } from '../testing/transcript.ts'
import { rstreamError } from './rstream-error.ts'

const failed = { ...reply([]), status: 'failed', error: { code: 'server_error', message: 'Sorry.' } }
const error = { type: 'error', error: { code: null, message: 'Sorry.' } }
const end = { type: 'response.failed', response: failed }
const after = (...events: object[]) => judged(rstreamError, responsesStream([...eventsOf().slice(0, 4), ...events]))

test('holds', () => {
  expect(after(error, end)).toEqual(['held'])
  expect(after({ type: 'error', code: null, message: 'Sorry.', param: null }, end)).toEqual(['held'])
  expect(after(end)).toEqual(['held'])
})
test('type', () => expect(after({ error: { message: 'Sorry.' } })).toEqual(['type']))
test('message', () => expect(after({ type: 'error', error: { message: '' } }, end)).toEqual(['message']))
test('response.failed is missing', () => {
  expect(after(error)).toEqual(['failed-missing'])
  expect(after(error, { type: 'response.completed', response: reply() })).toEqual(['failed-missing'])
})
test('status', () => expect(after(error, { ...end, response: { ...failed, status: 'completed' } })).toEqual(['status']))
test('error', () => {
  expect(after(error, { ...end, response: { ...failed, error: null } })).toEqual(['error'])
  expect(after(error, { ...end, response: { ...failed, error: { message: 'Sorry.' } } })).toEqual(['error'])
})
test('unobserved', () => expect(judged(rstreamError, responsesStream(eventsOf()))).toEqual(['unobserved']))
