import { expect, test } from 'vitest'
import { chatStream, json, judged, raw } from '../testing/transcript.ts'
import { streamSwitch } from './stream-switch.ts'

const answer = (stream?: unknown) => json('POST /chat/completions', { choices: [] }, { request: stream === undefined ? {} : { stream } })
const html = [['content-type', 'text/plain']] as const

test('holds', () => {
  expect(judged(streamSwitch, answer())).toEqual(['held'])
  expect(judged(streamSwitch, answer(false))).toEqual(['held'])
  expect(judged(streamSwitch, answer(null))).toEqual(['held'])
  expect(judged(streamSwitch, chatStream([{ choices: [] }, '[DONE]']))).toEqual(['held'])
  expect(judged(streamSwitch, chatStream([{ choices: [] }, '[DONE]'], { headers: html }))).toEqual(['held'])
  expect(
    judged(
      streamSwitch,
      raw('POST /chat/completions', '{"choices":[]}', { headers: [['content-type', 'text/event-stream']], request: {} }),
    ),
  ).toEqual(['held'])
})
test('JSON where a stream was asked for', () => {
  expect(judged(streamSwitch, answer(true))).toEqual(['not-streamed'])
  expect(
    judged(
      streamSwitch,
      raw('POST /chat/completions', '{"choices":[]}', { headers: [['content-type', 'text/event-stream']], request: { stream: true } }),
    ),
  ).toEqual(['not-streamed'])
  expect(
    judged(
      streamSwitch,
      raw('POST /chat/completions', '{"choices":[]}\n{"choices":[]}\n', {
        headers: [['content-type', 'application/x-ndjson']],
        request: { stream: true },
      }),
    ),
  ).toEqual(['not-streamed'])
})
test('lines of JSON under the label of a stream are the business of the framing', () => {
  const lines = raw('POST /chat/completions', '{"choices":[]}\n\n{"choices":[]}\n\n', {
    headers: [['content-type', 'text/event-stream']],
    request: { stream: true },
  })
  expect(judged(streamSwitch, lines)).toEqual(['unobserved'])
})
test('a stream where JSON was asked for', () => {
  expect(judged(streamSwitch, chatStream([{ choices: [] }], { request: { stream: false } }))).toEqual(['streamed'])
  expect(judged(streamSwitch, chatStream([{ choices: [] }], { request: { stream: null } }))).toEqual(['streamed'])
  expect(
    judged(streamSwitch, raw('POST /chat/completions', 'data: {}\n\n', { headers: [['content-type', 'application/json']], request: {} })),
  ).toEqual(['streamed'])
})
test('no answer, or no question', () => {
  expect(judged(streamSwitch, answer('yes'))).toEqual(['unobserved'])
  expect(judged(streamSwitch, json('POST /chat/completions', { error: { message: 'no' } }, { request: { stream: true } }))).toEqual([
    'unobserved',
  ])
  expect(judged(streamSwitch, json('POST /chat/completions', {}, { status: 500, request: { stream: true } }))).toEqual(['unobserved'])
  expect(judged(streamSwitch, raw('POST /chat/completions', '', { request: {} }))).toEqual(['unobserved'])
})
