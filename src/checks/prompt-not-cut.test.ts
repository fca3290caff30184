import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import type { View } from '../types.ts'
import { promptNotCut } from './prompt-not-cut.ts'

const asked = (step: number, length: number, prompt_tokens?: number, status = 200): View =>
  json(
    'POST /chat/completions',
    status === 200
      ? {
          choices: [{ index: 0, message: { role: 'assistant', content: 'OK' }, finish_reason: 'stop' }],
          ...(prompt_tokens === undefined ? {} : { usage: { prompt_tokens, completion_tokens: 1, total_tokens: prompt_tokens + 1 } }),
        }
      : { error: { message: 'too long', type: 'invalid_request_error', param: null, code: 'context_length_exceeded' } },
    {
      step,
      status,
      request: {
        messages: [
          { role: 'system', content: 'a '.repeat(length / 2) },
          { role: 'user', content: 'Hi.' },
        ],
      },
    },
  )

test('held where the count grows with the prompt, or the prompt is refused', () => {
  expect(judged(promptNotCut, [asked(0, 0, 8), asked(1, 18_000, 4300)])).toEqual(['held'])
  expect(judged(promptNotCut, [asked(0, 0, 8), asked(1, 18_000, 4300), asked(2, 42_000, 9900)])).toEqual(['held'])
  expect(judged(promptNotCut, [asked(0, 0, 8), asked(1, 18_000, 4300), asked(2, 42_000, undefined, 400)])).toEqual(['held'])
})

test('violated where the count stands still at the size of a window', () => {
  expect(judged(promptNotCut, [asked(0, 0, 8), asked(1, 18_000, 2048)])).toEqual(['cut'])
  expect(judged(promptNotCut, [asked(0, 0, 8), asked(1, 18_000, 4096), asked(2, 42_000, 4096)])).toEqual(['cut'])
  expect(judged(promptNotCut, [asked(0, 0, 8), asked(1, 18_000, 4300), asked(2, 42_000, undefined, 500), asked(3, 90_000, 8192)])).toEqual([
    'cut',
  ])
})

test('unobserved without counts, with a constant one, or where the answer says nothing of the prompt', () => {
  expect(judged(promptNotCut, asked(0, 18_000, 4300))).toEqual(['unobserved'])
  expect(judged(promptNotCut, [asked(0, 0, 8), asked(1, 18_000)])).toEqual(['unobserved'])
  expect(judged(promptNotCut, [asked(0, 0, 10), asked(1, 18_000, 10)])).toEqual(['unobserved'])
  expect(judged(promptNotCut, [asked(0, 0, 8), asked(1, 18_000, undefined, 500)])).toEqual(['unobserved'])
  expect(judged(promptNotCut, [asked(0, 0, undefined, 400), asked(1, 18_000, undefined, 400)])).toEqual(['unobserved'])
})
