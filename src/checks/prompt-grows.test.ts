import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { promptGrows } from './prompt-grows.ts'

const chat = (prompt_tokens: unknown, status = 200) => json('POST /chat/completions', { choices: [], usage: { prompt_tokens } }, { status })
const responses = (input_tokens: number) => json('POST /responses', { usage: { input_tokens } })

test('holds', () => {
  expect(judged(promptGrows, [chat(14), chat(250)], { by: 100 })).toEqual(['held'])
  expect(judged(promptGrows, [responses(14), responses(250)], { by: 100 })).toEqual(['held'])
  expect(judged(promptGrows, [chat(14), chat(200), chat(320)], { by: 100, than: 1 })).toEqual(['held'])
})
test('the added text was dropped', () => expect(judged(promptGrows, [chat(14), chat(18)], { by: 100 })).toEqual(['ignored']))
test('nothing to compare', () => {
  expect(judged(promptGrows, [chat(14)], { by: 100 })).toEqual(['unobserved'])
  expect(judged(promptGrows, [chat(14), chat('18')], { by: 100 })).toEqual(['unobserved'])
  expect(judged(promptGrows, [chat(14), chat(18, 400)], { by: 100 })).toEqual(['unobserved'])
  expect(judged(promptGrows, [chat(0), chat(18)], { by: 100 })).toEqual(['unobserved'])
})
