import { expect, test } from 'vitest'
import { observed } from '../testing/observed.ts'
import { chunk } from '../testing/tool-replies.ts'
import { chatStream } from '../testing/transcript.ts'
import { emptyChoices } from './empty-choices.ts'

const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }
const asked = { request: { stream_options: { include_usage: true } } }
const words = Array.from({ length: 20 }, (_, index) => chunk({ content: `${index} ` }))

test('own-chunk', () =>
  expect(observed(emptyChoices, chatStream([...words, chunk({}, 'stop'), { choices: [], usage }, '[DONE]'], asked))).toBe('own-chunk'))
test('finish-chunk', () =>
  expect(observed(emptyChoices, chatStream([...words, { ...chunk({}, 'stop'), usage }, '[DONE]'], asked))).toBe('finish-chunk'))
test('every-chunk', () =>
  expect(observed(emptyChoices, chatStream([...words.map((each) => ({ ...each, usage })), { choices: [], usage }], asked))).toBe(
    'every-chunk',
  ))
test('none', () =>
  expect(observed(emptyChoices, chatStream([...words.map((each) => ({ ...each, usage: null })), chunk({}, 'stop')], asked))).toBe('none'))
test('nothing to tell', () => {
  expect(observed(emptyChoices, chatStream(words))).toBeUndefined()
  expect(observed(emptyChoices, chatStream(words, { ...asked, end: 'truncated' }))).toBeUndefined()
})
