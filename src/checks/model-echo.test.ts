import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { modelEcho } from './model-echo.ts'

const answer = (model: unknown) => json('POST /chat/completions', { model, choices: [] }, { request: { model: 'gpt-5' } })

test('holds', () => {
  expect(judged(modelEcho, answer('gpt-5'))).toEqual(['held'])
  expect(judged(modelEcho, answer('gpt-5-2026-01-01'))).toEqual(['held'])
  expect(judged(modelEcho, chatStream([{ model: 'm', choices: [] }]))).toEqual(['held'])
})
test('another name is told', () => {
  expect(judged(modelEcho, answer('model.gguf'))).toEqual(['held', 'note:other-name'])
})
test('no name', () => {
  expect(judged(modelEcho, answer(''))).toEqual(['unobserved'])
  expect(judged(modelEcho, answer(5))).toEqual(['unobserved'])
  expect(judged(modelEcho, json('POST /chat/completions', []))).toEqual(['unobserved'])
})
