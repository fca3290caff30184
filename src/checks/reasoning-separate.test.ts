import { expect, test } from 'vitest'
import { chunk, reply } from '../testing/tool-replies.ts'
import { chatStream, judged } from '../testing/transcript.ts'
import { reasoningSeparate } from './reasoning-separate.ts'

test('holds', () => expect(judged(reasoningSeparate, reply({ content: 'OK', message: { reasoning: 'Hm.' } }))).toEqual(['held']))
test('holds when hidden', () => {
  const usage = { completion_tokens_details: { reasoning_tokens: 7 } }
  expect(judged(reasoningSeparate, reply({ content: 'OK', usage }))).toEqual(['held'])
})
test('tag', () => expect(judged(reasoningSeparate, reply({ content: '<think>Hm.</think>OK' }))).toEqual(['tag']))
test('tag in a stream', () => {
  const chunks = [chunk({ content: '<thi' }), chunk({ content: 'nk>\nHm.' }), chunk({}, 'stop'), '[DONE]']
  expect(judged(reasoningSeparate, chatStream(chunks))).toEqual(['tag'])
})
test('quoted', () => {
  const request = { messages: [{ role: 'user', content: 'Begin with <think>.' }] }
  expect(judged(reasoningSeparate, reply({ content: '<think>', request }))).toEqual(['unobserved'])
})
test('no thoughts', () => expect(judged(reasoningSeparate, reply({ content: 'OK' }))).toEqual(['unobserved']))
test('refused', () => expect(judged(reasoningSeparate, reply({ options: { status: 400 } }))).toEqual(['unobserved']))
