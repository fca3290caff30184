import { expect, test } from 'vitest'
import { judged, responsesStream } from '../testing/transcript.ts'
import { rstreamContiguous } from './rstream-contiguous.ts'

const numbers = (list: unknown[]) => responsesStream(list.map((sequence_number) => ({ type: 'response.in_progress', sequence_number })))

test('holds', () => {
  expect(judged(rstreamContiguous, numbers([0, 1, 2]))).toEqual(['held'])
  const vendor = [{ type: 'response.created', sequence_number: 0 }, { type: 'ping' }, { type: 'response.completed', sequence_number: 1 }]
  expect(judged(rstreamContiguous, responsesStream(vendor))).toEqual(['held'])
})
test('start', () => expect(judged(rstreamContiguous, numbers([1, 2, 3]))).toEqual(['start']))
test('gap', () => expect(judged(rstreamContiguous, numbers([0, 1, 3, 4]))).toEqual(['gap']))
test('unobserved', () => {
  expect(judged(rstreamContiguous, numbers([0, undefined, 1]))).toEqual(['unobserved'])
  expect(judged(rstreamContiguous, numbers([0, 0, 1]))).toEqual(['unobserved'])
  expect(
    judged(
      rstreamContiguous,
      responsesStream([{ type: 'response.created', sequence_number: 0 }, '{"cut', { type: 'response.completed', sequence_number: 2 }]),
    ),
  ).toEqual(['unobserved'])
})
