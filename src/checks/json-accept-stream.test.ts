import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { jsonAcceptStream } from './json-accept-stream.ts'

const accepting = (accept: string) => chatStream([{}, '[DONE]'], { requestHeaders: [['Accept', accept]] })

test('holds', () => expect(judged(jsonAcceptStream, accepting('application/json'))).toEqual(['held']))
test('refused', () =>
  expect(
    judged(
      jsonAcceptStream,
      json('POST /chat/completions', {}, { status: 406, request: { stream: true }, requestHeaders: [['accept', 'application/json']] }),
    ),
  ).toEqual(['refused']))
test('refused with another status', () => {
  const requestHeaders = [['accept', 'application/json']] as const
  const body = { error: { message: 'no', param: 'accept' } }
  expect(judged(jsonAcceptStream, json('POST /chat/completions', body, { status: 400, requestHeaders }))).toEqual(['refused'])
})
test('says nothing', () => {
  expect(judged(jsonAcceptStream, accepting('*/*'))).toEqual(['unobserved'])
  expect(judged(jsonAcceptStream, chatStream([{}]))).toEqual(['unobserved'])
  expect(judged(jsonAcceptStream, json('POST /chat/completions', {}, { requestHeaders: [['accept', 'application/json']] }))).toEqual([
    'unobserved',
  ])
  expect(judged(jsonAcceptStream, chatStream([], { requestHeaders: [['Accept', 'application/json']] }))).toEqual(['unobserved'])
})
