import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { logprobsAlign } from './logprobs-align.ts'

const of = (...tokens: string[]) => tokens.map((token) => ({ token, bytes: [...Buffer.from(token)] }))
const answer = (content: string | null, entries: unknown, more: object = {}) =>
  json('POST /chat/completions', { choices: [{ index: 0, message: { content, ...more }, logprobs: { content: entries } }] })

test('holds', () => {
  expect(judged(logprobsAlign, answer('Hello sea', of('Hello', ' sea')))).toEqual(['held'])
  expect(judged(logprobsAlign, answer('Hello', of('Hello', '<|im_end|>')))).toEqual(['held'])
  expect(judged(logprobsAlign, answer('Hello', of('Hello', '</s>')))).toEqual(['held'])
  expect(judged(logprobsAlign, answer('Hello', of('Hello', 'EOS')))).toEqual(['held'])
  expect(
    judged(
      logprobsAlign,
      answer('日本', [
        { bytes: [230, 151], token: '?' },
        { bytes: [165], token: '?' },
        { token: '本', bytes: null },
      ]),
    ),
  ).toEqual(['held'])
  expect(judged(logprobsAlign, answer('Hello sea', of('Hello', '<unk>', ' sea')))).toEqual(['held'])
})
test('the way some servers write tokens', () => {
  expect(judged(logprobsAlign, answer('Hello sea', of(' Hello', ' sea')))).toEqual(['held'])
  expect(judged(logprobsAlign, answer('日', of('\ufffd', '\ufffd')))).toEqual(['unobserved'])
})
test('another text', () => {
  expect(judged(logprobsAlign, answer('Hello sea', of('Hello')))).toEqual(['mismatch'])
  expect(judged(logprobsAlign, answer('Hello sea', of('Hello', ' lake', '!')))).toEqual(['mismatch'])
  expect(judged(logprobsAlign, answer('Hello', of('Hello', ' sea', ' sea')))).toEqual(['mismatch'])
})
test('not to be told', () => {
  expect(judged(logprobsAlign, answer('', []))).toEqual(['unobserved'])
  expect(judged(logprobsAlign, answer('Hello', []))).toEqual(['unobserved'])
  expect(judged(logprobsAlign, answer('Hell\ufffd', of('Hell', 'x')))).toEqual(['unobserved'])
  expect(judged(logprobsAlign, answer('Hello', of('well', 'Hello'), { reasoning_content: 'well' }))).toEqual(['unobserved'])
  expect(judged(logprobsAlign, answer('Hello', [5]))).toEqual(['unobserved'])
  expect(judged(logprobsAlign, answer('Hello', 'yes'))).toEqual(['unobserved'])
})
