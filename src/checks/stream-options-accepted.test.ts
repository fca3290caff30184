import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import type { View } from '../types.ts'
import { streamOptionsAccepted } from './stream-options-accepted.ts'

const options = { stream_options: { include_usage: true } }
const stream = (request = {}): View => chatStream([{ choices: [{ index: 0, delta: { content: 'OK' } }] }, '[DONE]'], { request })
const refused = (request = {}, status = 400): View =>
  json(
    'POST /chat/completions',
    { error: { message: 'Extra inputs are not permitted' } },
    { status, request: { stream: true, ...request } },
  )

test('held where a stream with options was answered', () => {
  expect(judged(streamOptionsAccepted, [stream(), stream(options), refused(options)])).toEqual(['held'])
})

test('violated where only the streams with options are refused', () => {
  expect(judged(streamOptionsAccepted, [refused(options), stream(), refused(options, 422)])).toEqual(['refused'])
})

test('unobserved where all streams are refused, or too few were tried', () => {
  expect(judged(streamOptionsAccepted, [refused(), refused(options), refused(options)])).toEqual(['unobserved'])
  expect(judged(streamOptionsAccepted, [stream(), refused(options)])).toEqual(['unobserved'])
  expect(judged(streamOptionsAccepted, [stream(), refused(options, 500), refused(options, 429)])).toEqual(['unobserved'])
  expect(judged(streamOptionsAccepted, [stream()])).toEqual(['unobserved'])
})
