import { expect, test } from 'vitest'
import { call, message, reply } from '../testing/responses.ts'
import { json, judged } from '../testing/transcript.ts'
import { responsesOutput } from './responses-output.ts'

test('holds', () => {
  expect(judged(responsesOutput, json('POST /responses', reply([message(), call()])))).toEqual(['held'])
  expect(judged(responsesOutput, json('POST /responses', reply([])))).toEqual(['held'])
})
test('missing', () => expect(judged(responsesOutput, json('POST /responses', { ...reply(), output: undefined }))).toEqual(['missing']))
test('repeated', () => expect(judged(responsesOutput, json('POST /responses', reply([message(), message()])))).toEqual(['repeated']))
test('unobserved', () => expect(judged(responsesOutput, json('POST /responses', { error: {} }))).toEqual(['unobserved']))
