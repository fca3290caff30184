import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { noFakeFinish } from './no-fake-finish.ts'

const chunk = (finish_reason: string | null) => ({ object: 'chat.completion.chunk', choices: [{ index: 0, delta: {}, finish_reason }] })
const failure = { error: { message: 'no' } }

test('holds', () => {
  expect(judged(noFakeFinish, chatStream([chunk(null), failure, '[DONE]']))).toEqual(['held'])
  expect(judged(noFakeFinish, chatStream([chunk(null), { ...chunk('error'), ...failure }]))).toEqual(['held'])
})
test('a finish after or beside the error', () => {
  expect(judged(noFakeFinish, chatStream([chunk(null), failure, chunk('stop'), '[DONE]']))).toEqual(['finish-after-error'])
  expect(judged(noFakeFinish, chatStream([{ ...chunk('tool_calls'), ...failure }]))).toEqual(['finish-after-error'])
})
test('no failure', () => {
  expect(judged(noFakeFinish, chatStream([chunk(null), chunk('stop'), '[DONE]']))).toEqual(['unobserved'])
  expect(judged(noFakeFinish, json('POST /chat/completions', {}))).toEqual(['unobserved'])
})
