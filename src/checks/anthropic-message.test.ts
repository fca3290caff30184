import { expect, test } from 'vitest'
import { answer, block, events, message, stream, text, use, words } from '../testing/messages.ts'
import { json, judged } from '../testing/transcript.ts'
import { anthropicMessage } from './anthropic-message.ts'

const of = (body: unknown, request = {}, traits: 'thinks'[] = []) => judged(anthropicMessage, answer(body, { request }), undefined, traits)

test('holds', () => {
  expect(of(message())).toEqual(['held'])
  expect(of(message([text('half')], { stop_reason: 'max_tokens' }))).toEqual(['held'])
  expect(of(message([], { usage: { input_tokens: 9, output_tokens: 2 } }))).toEqual(['held'])
  expect(of(message([text('a')], { stop_reason: 'stop_sequence', stop_sequence: 'b' }), { stop_sequences: ['b'] })).toEqual(['held'])
  expect(of(message([{ type: 'thinking', thinking: 'hm' }], { usage: { input_tokens: 1, output_tokens: 50 } }))).toEqual(['held'])
  expect(of(message([], { usage: { input_tokens: 1, output_tokens: 50 } }), {}, ['thinks'])).toEqual(['held'])
  expect(
    of(message([use()], { stop_reason: 'tool_use', usage: { input_tokens: 0, cache_read_input_tokens: 5, output_tokens: 9 } })),
  ).toEqual(['held'])
  expect(judged(anthropicMessage, stream(events()))).toEqual(['held'])
})
test('reasons', () => {
  for (const stop_reason of ['stop', 'length', 'tool_calls', 'zz', 'stop_sequence'])
    expect(of(message([text()], { stop_reason }))).toEqual(['stop-reason'])
})
test('sequences', () => {
  const stopped = { stop_reason: 'stop_sequence' }
  expect(of(message([text()], { ...stopped, stop_sequence: null }), { stop_sequences: ['b'] })).toEqual(['stop-sequence'])
  expect(of(message([text()], { ...stopped, stop_sequence: 'c' }), { stop_sequences: ['b'] })).toEqual(['stop-sequence'])
  expect(of(message([text()], { stop_sequence: 'b' }), { stop_sequences: ['b'] })).toEqual(['stop-sequence'])
})
test('an answer that went missing', () => {
  const usage = { input_tokens: 9, output_tokens: 40 }
  expect(of(message([], { usage }))).toEqual(['empty'])
  expect(of(message([text('')], { usage }))).toEqual(['empty'])
  const lost = events(block(0, { type: 'text' }, ...words('a')).slice(1))
  expect(judged(anthropicMessage, stream(lost))).toEqual(['held'])
})
test('counts', () => {
  expect(of(message([text()], { usage: { input_tokens: 9, output_tokens: 0 } }))).toEqual(['uncounted'])
  expect(of(message([text()], { usage: { input_tokens: 0, output_tokens: 1 } }))).toEqual(['uncounted'])
})
test('no message', () => {
  expect(of({ type: 'error' })).toEqual(['unobserved'])
  expect(judged(anthropicMessage, answer(message(), { breaks: 'model' }))).toEqual(['unobserved'])
  expect(judged(anthropicMessage, json('POST /messages', null))).toEqual(['unobserved'])
})
