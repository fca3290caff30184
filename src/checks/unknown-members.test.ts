import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { unknownMembers } from './unknown-members.ts'

const chat = (body: object) => judged(unknownMembers, json('POST /chat/completions', body))

test('nothing unknown', () =>
  expect(chat({ id: 'x', choices: [{ index: 0, message: { role: 'assistant', content: 'a' } }], usage: { prompt_tokens: 1 } })).toEqual([
    'held',
  ]))
test('listed once each', () => {
  expect(chat({ choices: [{ message: { reasoning: 'a' } }, { message: { reasoning: 'b' } }], timings: {} })).toEqual([
    'held',
    'note:unknown-member',
    'note:unknown-member',
  ])
  expect(judged(unknownMembers, chatStream([{ choices: [{ delta: { x: 1 } }] }, { choices: [{ delta: { x: 1 } }] }, '[DONE]']))).toEqual([
    'held',
    'note:unknown-member',
  ])
})
test('nothing to look at', () => {
  expect(chat({ object: 'list' })).toEqual(['unobserved'])
  expect(judged(unknownMembers, json('POST /chat/completions', { choices: [] }, { status: 400 }))).toEqual(['unobserved'])
})
