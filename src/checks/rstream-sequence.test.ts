import { expect, test } from 'vitest'
import { reply } from '../testing/responses.ts'
import { json, judged, responsesStream } from '../testing/transcript.ts'
import { rstreamSequence } from './rstream-sequence.ts'

const numbers = (list: unknown[]) =>
  responsesStream(list.map((sequence_number) => ({ type: 'response.output_text.delta', sequence_number })))

test('holds', () => expect(judged(rstreamSequence, numbers([1, 2, 9]))).toEqual(['held']))
test('not increasing', () => {
  expect(judged(rstreamSequence, numbers([0, 1, 1]))).toEqual(['not-increasing'])
  expect(judged(rstreamSequence, numbers([0, 2, 1]))).toEqual(['not-increasing'])
})
test('an error without a number', () =>
  expect(
    judged(
      rstreamSequence,
      responsesStream([
        { type: 'response.created', sequence_number: 0 },
        { type: 'error', error: {} },
      ]),
    ),
  ).toEqual(['missing']))
test('numbers of another type are not judged here', () => {
  expect(judged(rstreamSequence, numbers(['0', null]))).toEqual(['unobserved'])
  expect(judged(rstreamSequence, json('POST /responses', reply()))).toEqual(['unobserved'])
})
