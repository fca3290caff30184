import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { streamObfuscation } from './stream-obfuscation.ts'

const stream = (obfuscation: unknown, off = true) =>
  chatStream([{ choices: [], obfuscation }, '[DONE]'], off ? { request: { stream_options: { include_obfuscation: false } } } : {})

test('holds', () => {
  expect(judged(streamObfuscation, stream(undefined))).toEqual(['held'])
  expect(judged(streamObfuscation, stream('xyz', false))).toEqual(['held'])
})
test('padded all the same', () => {
  expect(judged(streamObfuscation, stream('xyz'))).toEqual(['ignored'])
})
test('refused', () => {
  expect(
    judged(
      streamObfuscation,
      json(
        'POST /chat/completions',
        { error: {} },
        { status: 400, request: { stream: true, stream_options: { include_obfuscation: false } } },
      ),
    ),
  ).toEqual(['refused'])
})
test('no padding', () => {
  expect(judged(streamObfuscation, stream(undefined, false))).toEqual(['unobserved'])
  expect(judged(streamObfuscation, json('POST /chat/completions', {}))).toEqual(['unobserved'])
})
