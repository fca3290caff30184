import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import type { Trait } from '../types.ts'
import { modelNotFound } from './model-not-found.ts'

const answered = (status: number, body: unknown = { error: { message: 'no' } }, traits: Trait[] = []) =>
  judged(modelNotFound, json('POST /chat/completions', body, { status, breaks: 'model' }), undefined, traits)

test('holds', () => expect(answered(404)).toEqual(['held']))
test('400 is common', () => expect(answered(400)).toEqual(['held', 'note:lenient']))
test('served', () => {
  expect(answered(200, { choices: [{}] })).toEqual(['served'])
  expect(answered(200, { choices: [{}] }, ['single-model'])).toEqual(['held', 'note:single-model'])
})
test.each([422, 500])('%i', (status) => expect(answered(status)).toEqual(['status']))
test('says nothing', () => {
  expect(answered(200)).toEqual(['unobserved'])
  expect(answered(401)).toEqual(['unobserved'])
  expect(judged(modelNotFound, chatStream([], { breaks: 'model' }))).toEqual(['unobserved'])
})
