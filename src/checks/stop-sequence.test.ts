import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { stopSequence } from './stop-sequence.ts'

const messages = [{ role: 'user', content: 'Repeat this line exactly: alpha BRAVO charlie' }]
const answer = (content: string | null, finish_reason: unknown = 'stop', stop: unknown = 'BRAVO', completion_tokens = 2) =>
  json(
    'POST /chat/completions',
    { choices: [{ index: 0, message: { content }, finish_reason }], usage: { completion_tokens } },
    { request: { messages, stop, max_tokens: 32 } },
  )

test('holds', () => {
  expect(judged(stopSequence, answer('alpha '))).toEqual(['held'])
  expect(judged(stopSequence, answer('alpha'))).toEqual(['held'])
  expect(judged(stopSequence, answer('Sure: alpha ', 'stop', ['zzz', 'BRAVO']))).toEqual(['held'])
  expect(
    judged(
      stopSequence,
      chatStream([{ choices: [{ index: 0, delta: { content: 'alpha ' }, finish_reason: 'stop' }] }], {
        request: { messages, stop: 'BRAVO' },
      }),
    ),
  ).toEqual(['held'])
})
test('generation went on', () => {
  expect(judged(stopSequence, answer('alpha BRAVO charlie'))).toEqual(['ignored'])
  expect(judged(stopSequence, answer('alpha BRAVO charlie', 'stop', ['zzz', 'BRAVO']))).toEqual(['ignored'])
})
test('the sequence is in the text', () => {
  expect(judged(stopSequence, answer('alpha BRAVO'))).toEqual(['included'])
})
test('only cut out of the text', () => {
  expect(judged(stopSequence, answer('alpha  charlie'))).toEqual(['continued'])
})
test('thoughts in the text may name the sequence', () => {
  expect(judged(stopSequence, answer('<think>Stop at BRAVO.</think>alpha '))).toEqual(['held'])
  expect(judged(stopSequence, answer('Stop at BRAVO.</think>alpha BRAVO'))).toEqual(['included'])
})
test('another finish', () => {
  expect(judged(stopSequence, answer('alpha ', 'length'))).toEqual(['finish'])
  expect(judged(stopSequence, answer('alpha ', 'tool_calls'))).toEqual(['unobserved'])
})
test('the model did not come there', () => {
  expect(judged(stopSequence, answer(''))).toEqual(['unobserved'])
  expect(judged(stopSequence, answer(null))).toEqual(['unobserved'])
  expect(judged(stopSequence, answer('I cannot'))).toEqual(['unobserved'])
  expect(judged(stopSequence, answer('alpha ', 'length', 'BRAVO', 32))).toEqual(['unobserved'])
  expect(judged(stopSequence, answer('alpha ', 'eos'))).toEqual(['unobserved'])
  expect(judged(stopSequence, answer('alpha ', 'content_filter'))).toEqual(['unobserved'])
  expect(judged(stopSequence, answer('alpha BRAVO', 'stop', null))).toEqual(['unobserved'])
  expect(judged(stopSequence, answer('alpha', 'stop', 'zzz'))).toEqual(['unobserved'])
  expect(judged(stopSequence, json('POST /chat/completions', {}, { status: 400, request: { messages, stop: 'BRAVO' } }))).toEqual([
    'unobserved',
  ])
})
