import { expect, test } from 'vitest'
import { reply } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { reasoningDisable } from './reasoning-disable.ts'

const off = (request: Record<string, unknown>, message = {}, more = {}) => reply({ content: 'OK', request, message, ...more })
const thought = { reasoning: 'Hm.' }

test.each([
  { reasoning_effort: 'none' },
  { thinking: { type: 'disabled' } },
  { enable_thinking: false },
  { chat_template_kwargs: { enable_thinking: false } },
  { reasoning: { enabled: false } },
])('%j', (request) => expect(judged(reasoningDisable, off(request))).toEqual(['held']))
test('one switch is enough', () => {
  expect(judged(reasoningDisable, [off({ enable_thinking: false }, thought), off({ reasoning_effort: 'none' })])).toEqual(['held'])
})
test('still thinks', () => expect(judged(reasoningDisable, off({ enable_thinking: false }, thought))).toEqual(['still-thinks']))
test('still counts', () => {
  const usage = { completion_tokens_details: { reasoning_tokens: 9 } }
  expect(judged(reasoningDisable, off({ reasoning_effort: 'none' }, {}, { usage }))).toEqual(['still-thinks'])
})
test('refused', () =>
  expect(judged(reasoningDisable, off({ enable_thinking: false }, {}, { options: { status: 400 } }))).toEqual(['unobserved']))
test('not asked for', () => expect(judged(reasoningDisable, off({}, thought))).toEqual(['unobserved']))
