import { expect, test } from 'vitest'
import { json, judged, raw } from '../testing/transcript.ts'
import { headAnswer } from './head-answer.ts'

const get = json('GET /models', {})
const compared = (status: number, body = '') => judged(headAnswer, [get, raw('HEAD /models', body, { status })])

test('holds', () => {
  expect(compared(200)).toEqual(['held'])
  expect(compared(405)).toEqual(['held'])
})
test('another status', () => expect(compared(404)).toEqual(['status']))
test('a body', () => expect(compared(200, '{}')).toEqual(['body']))
test('nothing to compare', () => {
  expect(judged(headAnswer, get)).toEqual(['unobserved'])
  expect(compared(503)).toEqual(['unobserved'])
})
