import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { reasoningOffAnswer } from './reasoning-off-answer.ts'

const messages = [{ role: 'user', content: 'Reply with the single word OK.' }]
const reply = (message: Record<string, unknown>, request: Record<string, unknown> = { enable_thinking: false }, status = 200) =>
  json(
    'POST /chat/completions',
    { choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: 'stop' }] },
    { status, request: { messages, ...request } },
  )

test('held where the content has the answer, whatever the thoughts say', () => {
  expect(judged(reasoningOffAnswer, reply({ content: 'OK' }))).toEqual(['held'])
  expect(judged(reasoningOffAnswer, reply({ content: 'OK', reasoning_content: 'OK' }))).toEqual(['held'])
})

test('violated where the word came as a thought, streamed or not', () => {
  for (const message of [
    { reasoning_content: '\n\nOK' },
    { reasoning: 'OK.' },
    { reasoning_details: [{ type: 'reasoning.text', text: 'OK' }] },
  ]) {
    expect(judged(reasoningOffAnswer, reply({ content: null, ...message }))).toEqual(['among-thoughts'])
  }
  const request = { messages, chat_template_kwargs: { enable_thinking: false } }
  const chunks = [{ role: 'assistant', reasoning_content: 'O' }, { reasoning_content: 'K' }].map((delta) => ({
    choices: [{ index: 0, delta }],
  }))
  expect(
    judged(reasoningOffAnswer, chatStream([...chunks, { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }], { request })),
  ).toEqual(['among-thoughts'])
})

test('unobserved where a model thought on, said nothing, or was not told to stop thinking', () => {
  expect(judged(reasoningOffAnswer, reply({ content: '', reasoning_content: 'The user wants the word OK.' }))).toEqual(['unobserved'])
  expect(judged(reasoningOffAnswer, reply({ content: null }))).toEqual(['unobserved'])
  expect(judged(reasoningOffAnswer, reply({ content: null, reasoning_content: 'OK' }, {}))).toEqual(['unobserved'])
  expect(judged(reasoningOffAnswer, reply({ content: null, reasoning_content: 'OK' }, { enable_thinking: false, messages: [] }))).toEqual([
    'unobserved',
  ])
  expect(judged(reasoningOffAnswer, reply({ content: null, reasoning_content: 'OK' }, { enable_thinking: false }, 400))).toEqual([
    'unobserved',
  ])
})
