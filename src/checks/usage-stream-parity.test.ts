import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { usageStreamParity } from './usage-stream-parity.ts'

const plain = (prompt_tokens: unknown, content = 'Hi.') =>
  json('POST /chat/completions', { usage: { prompt_tokens } }, { request: { messages: [{ role: 'user', content }] } })
const stream = (prompt_tokens: unknown) => chatStream([{ choices: [], usage: { prompt_tokens } }, '[DONE]'])

test('holds', () => {
  expect(judged(usageStreamParity, [plain(9), stream(9)])).toEqual(['held'])
  expect(judged(usageStreamParity, [stream(9), plain(9)])).toEqual(['held'])
})
test('two prices', () => {
  expect(judged(usageStreamParity, [plain(9), stream(12)])).toEqual(['differs'])
})
test('nothing to compare', () => {
  expect(judged(usageStreamParity, stream(9))).toEqual(['unobserved'])
  expect(judged(usageStreamParity, [plain(9), plain(12)])).toEqual(['unobserved'])
  expect(judged(usageStreamParity, [plain(9, 'Hello.'), stream(12)])).toEqual(['unobserved'])
  expect(judged(usageStreamParity, [plain('9'), stream(12)])).toEqual(['unobserved'])
  expect(judged(usageStreamParity, [plain(9), stream(null)])).toEqual(['unobserved'])
})
