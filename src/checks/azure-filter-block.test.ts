import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { azureFilterBlock } from './azure-filter-block.ts'

const message = "The response was filtered due to the prompt triggering Azure OpenAI's content management policy."
const error = { message, type: null, param: 'prompt', code: 'content_filter', innererror: { code: 'ResponsibleAIPolicyViolation' } }
const refused = (members: object, status = 400) =>
  judged(azureFilterBlock, json('POST /chat/completions', { error: { ...error, ...members } }, { status }))
const filtered = { violence: { filtered: true, severity: 'high' } }
const choice = (finish_reason: unknown, content_filter_results: object = filtered) => ({
  index: 0,
  message: {},
  finish_reason,
  content_filter_results,
})
const reply = (...choices: object[]) => judged(azureFilterBlock, json('POST /chat/completions', { choices }))

test('holds', () => {
  expect(refused({})).toEqual(['held'])
  expect(reply(choice('content_filter'))).toEqual(['held'])
  expect(judged(azureFilterBlock, chatStream([{ choices: [choice(null)] }, { choices: [choice('content_filter', {})] }]))).toEqual(['held'])
})
test('status', () => expect(refused({}, 422)).toEqual(['status']))
test('code', () => {
  expect(refused({ code: null })).toEqual(['code'])
  expect(refused({ code: 'invalid_prompt', message: 'no' })).toEqual(['code'])
})
test('no-inner-code', () => {
  expect(refused({ innererror: undefined })).toEqual(['no-inner-code'])
  expect(refused({ innererror: {} })).toEqual(['no-inner-code'])
})
test('finish', () => {
  expect(reply(choice('stop'))).toEqual(['finish'])
  expect(judged(azureFilterBlock, chatStream([{ choices: [choice(null)] }, { choices: [choice('stop', {})] }]))).toEqual(['finish'])
})
test('nothing was blocked', () => {
  expect(reply(choice('stop', { violence: { filtered: false } }))).toEqual(['unobserved'])
  expect(refused({ message: 'no', code: 'x', innererror: undefined })).toEqual(['unobserved'])
  expect(reply()).toEqual(['unobserved'])
  expect(reply({ ...choice(null) })).toEqual(['unobserved'])
})
