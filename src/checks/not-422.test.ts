import { expect, test } from 'vitest'
import { json, judged, type Options } from '../testing/transcript.ts'
import { not422 } from './not-422.ts'

const answered = (options: Options) => judged(not422, json('POST /chat/completions', { error: {} }, options))

test('holds', () => expect(answered({ status: 400, breaks: 'temperature' })).toEqual(['held']))
test('422', () => expect(answered({ status: 422, breaks: 'temperature' })).toEqual(['unprocessable']))
test('other statuses and other mistakes', () => {
  expect(answered({ status: 404, breaks: 'temperature' })).toEqual(['unobserved'])
  expect(answered({ status: 422, breaks: 'body' })).toEqual(['unobserved'])
  expect(answered({ status: 422, breaks: 'id' })).toEqual(['unobserved'])
  expect(answered({ status: 422 })).toEqual(['unobserved'])
})
