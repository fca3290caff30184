import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { statusBeforeHeaders } from './status-before-headers.ts'

const failure = { error: { message: 'no' } }
const request = { stream: true }

test('holds', () =>
  expect(judged(statusBeforeHeaders, json('POST /chat/completions', failure, { status: 404, breaks: 'model', request }))).toEqual(['held']))
test('200 and an error event', () => {
  expect(judged(statusBeforeHeaders, chatStream([failure, '[DONE]'], { breaks: 'model' }))).toEqual(['error-event'])
  expect(judged(statusBeforeHeaders, chatStream([{ error: 'no' }], { breaks: 'model' }))).toEqual(['error-event'])
})
test('4xx, but as an event stream', () =>
  expect(judged(statusBeforeHeaders, chatStream([failure], { status: 400, breaks: 'model' }))).toEqual(['event-stream']))
test('no refusal', () => {
  expect(judged(statusBeforeHeaders, chatStream([{ choices: [] }, '[DONE]'], { breaks: 'model' }))).toEqual(['unobserved'])
  expect(judged(statusBeforeHeaders, chatStream([failure]))).toEqual(['unobserved'])
  expect(judged(statusBeforeHeaders, json('POST /chat/completions', 0, { text: '<html>', status: 404, request }))).toEqual(['unobserved'])
})
