import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { usageBounds } from './usage-bounds.ts'

const answer = (usage: unknown, content: string | null = 'OK', request: object = { max_tokens: 16 }) =>
  json('POST /chat/completions', { choices: [{ index: 0, message: { content } }], usage }, { request: { ...request } })

test('holds', () => {
  expect(judged(usageBounds, answer({ prompt_tokens: 5, completion_tokens: 2 }))).toEqual(['held'])
  expect(judged(usageBounds, answer({ prompt_tokens: 5, completion_tokens: 0 }, null))).toEqual(['held'])
  expect(judged(usageBounds, answer({ prompt_tokens: 5, completion_tokens: 32 }, 'OK', { n: 2, max_tokens: 16 }))).toEqual(['held'])
  expect(judged(usageBounds, answer({ prompt_tokens: 5, completion_tokens: 900 }, 'OK', {}))).toEqual(['held'])
  expect(judged(usageBounds, chatStream([{ choices: [], usage: { prompt_tokens: 5, completion_tokens: 1 } }]))).toEqual(['held'])
})
test('a prompt of nothing', () => {
  expect(judged(usageBounds, answer({ prompt_tokens: 0, completion_tokens: 2 }))).toEqual(['prompt-zero'])
})
test('text of nothing', () => {
  expect(judged(usageBounds, answer({ prompt_tokens: 5, completion_tokens: 0 }))).toEqual(['completion-zero'])
})
test('thoughts counted apart are another rule', () => {
  const choice = (message: object) => ({ choices: [{ index: 0, message }], usage: { prompt_tokens: 5, completion_tokens: 0 } })
  expect(judged(usageBounds, json('POST /chat/completions', choice({ content: '', reasoning_content: 'Hm.' })))).toEqual(['held'])
  expect(judged(usageBounds, json('POST /chat/completions', choice({ content: 'A', reasoning_content: 'Hm.' })))).toEqual([
    'completion-zero',
  ])
})
test('more than the cap and the text allow', () => {
  expect(judged(usageBounds, answer({ prompt_tokens: 5, completion_tokens: 17 }))).toEqual(['above-cap'])
  expect(judged(usageBounds, answer({ prompt_tokens: 5, completion_tokens: 17 }, 'OK', { max_completion_tokens: 16 }))).toEqual([
    'above-cap',
  ])
})
test('a cap that was ignored is another defect', () => {
  expect(judged(usageBounds, answer({ prompt_tokens: 5, completion_tokens: 17 }, 'word '.repeat(17)))).toEqual(['held'])
  expect(
    judged(usageBounds, answer({ prompt_tokens: 5, completion_tokens: 17, completion_tokens_details: { reasoning_tokens: 9 } })),
  ).toEqual(['held'])
})
test('no counts', () => {
  expect(judged(usageBounds, answer(undefined))).toEqual(['unobserved'])
  expect(judged(usageBounds, answer({ prompt_tokens: '5', completion_tokens: null }))).toEqual(['unobserved'])
})
