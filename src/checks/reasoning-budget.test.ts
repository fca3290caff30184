import { expect, test } from 'vitest'
import { reply } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { reasoningBudget } from './reasoning-budget.ts'

const usage = (reasoning: number, tokens = 32) => ({
  completion_tokens: tokens,
  completion_tokens_details: { reasoning_tokens: reasoning },
})
const says = (given: Parameters<typeof reply>[0]) => judged(reasoningBudget, reply({ request: { max_tokens: 32 }, ...given }))

test('holds', () => expect(says({ content: '', finish: 'length', usage: usage(32) })).toEqual(['held']))
test('holds with null', () => expect(says({ content: null, finish: 'length', message: { reasoning: 'Hm' } })).toEqual(['held']))
test('finish', () => expect(says({ content: '', finish: 'stop', usage: usage(32) })).toEqual(['finish-reason']))
test('finish without details', () => {
  expect(says({ content: '', finish: 'stop', message: { reasoning: 'Hm' }, usage: { completion_tokens: 32 } })).toEqual(['finish-reason'])
})
test('thoughts as content', () => expect(says({ content: 'Hm, so', finish: 'length', usage: usage(32) })).toEqual(['thoughts-in-content']))
test('refused', () => expect(says({ options: { status: 400 } })).toEqual(['refused']))
test('room for an answer', () => {
  expect(says({ content: '0.05', finish: 'stop', usage: usage(10, 14) })).toEqual(['unobserved'])
  expect(says({ content: '0.0', finish: 'length', usage: usage(29) })).toEqual(['unobserved'])
  expect(says({ content: '', finish: 'stop', usage: usage(10, 11) })).toEqual(['unobserved'])
})
