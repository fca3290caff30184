import { expect, test } from 'vitest'
import { observed, spoken } from '../testing/observed.ts'
import { chunk } from '../testing/tool-replies.ts'
import { chatStream } from '../testing/transcript.ts'
import { reasoningCarrier } from './reasoning-carrier.ts'

const counted = { completion_tokens_details: { reasoning_tokens: 5 } }
const hidden = spoken({ content: 'Hi.' }, {}, 'stop', counted)
const streamed = (...deltas: object[]) => chatStream([...deltas.map((delta) => chunk(delta)), chunk({}, 'stop'), '[DONE]'])

test.each([
  ['reasoning_content', { reasoning_content: 'Hm, so.' }],
  ['reasoning', { reasoning: 'Hm, so.', reasoning_content: null }],
  ['both', { reasoning: 'Hm, so.', reasoning_content: 'Hm, so.' }],
  ['reasoning_details', { reasoning: 'Hm, so.', reasoning_details: [{ type: 'reasoning.text', text: 'Hm, so.' }] }],
  ['typed-parts', { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm, so.' }] }] }],
  ['think-tags', { content: '<think>\nHm, so the user greets.\n</think>\n\nHi.' }],
  ['other', { reasoning_text: 'Hm, so.' }],
])('%s', (value, message) => {
  expect(observed(reasoningCarrier, spoken({ content: 'Hi.', ...message }), hidden, hidden)).toBe(value)
  expect(observed(reasoningCarrier, streamed({ role: 'assistant' }, message, { content: 'Hi.' }))).toBe(value)
})
test('hidden', () => expect(observed(reasoningCarrier, hidden)).toBe('hidden'))
test('nothing to tell', () => {
  expect(observed(reasoningCarrier, spoken({ content: 'Hi.', reasoning_content: null }))).toBeUndefined()
  expect(observed(reasoningCarrier, spoken({ reasoning_content: 'x' }, { status: 400 }))).toBeUndefined()
})
test('a quoted tag is no thought', () => {
  const messages = [{ role: 'user', content: 'Write <think>\nHm, so the user greets.\n</think>.' }]
  expect(
    observed(reasoningCarrier, spoken({ content: '<think>\nHm, so the user greets.\n</think>' }, { request: { messages } })),
  ).toBeUndefined()
})
