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

test('a reason and its sequence, or the lack of them', () => {
  for (const stop_reason of [null, '', undefined]) expect(of(message([text()], { stop_reason, stop_sequence: 'b' }))).toEqual(['held'])
  const stopped = { stop_reason: 'stop_sequence', stop_sequence: undefined }
  expect(of(message([text()], stopped), { stop_sequences: ['b'] })).toEqual(['held'])
  expect(of(message([text()], { ...stopped, stop_sequence: 5 }), { stop_sequences: ['b'] })).toEqual(['stop-sequence'])
  for (const stop_sequence of ['', null, 5]) expect(of(message([text()], { stop_sequence }))).toEqual(['held'])
})
test('where the fault is, and what was to be expected', () => {
  const tell = (body: unknown, request = {}) =>
    anthropicMessage.judge([answer(body, { request })], undefined, { requirement: 'r', traits: new Set(), declared: false })
  const told = (pointer: string, expected: string) => ({ violations: [{ at: { in: 'completion', pointer }, expected }] })
  const reason = 'end_turn, max_tokens or another documented word'
  expect(tell(message([text()], { stop_reason: 'zz' }))).toMatchObject(told('/stop_reason', reason))
  const stopped = message([text()], { stop_reason: 'stop_sequence', stop_sequence: 'c' })
  expect(tell(stopped, { stop_sequences: ['a', 'b'] })).toMatchObject(told('/stop_sequence', '"a" or "b"'))
  expect(tell(message([], { usage: { input_tokens: 9, output_tokens: 40 } }))).toMatchObject(told('/content', 'a block with text'))
  expect(tell(message([text()], { usage: { input_tokens: 9, output_tokens: 0 } }))).toMatchObject(told('/usage/output_tokens', '> 0'))
  expect(tell(message([text()], { usage: { input_tokens: 0, output_tokens: 1 } }))).toMatchObject(told('/usage/input_tokens', '> 0'))
})
test('what counts as an answer', () => {
  const usage = { input_tokens: 9, output_tokens: 40 }
  const with40 = (blocks: unknown[], rest = {}) => of(message(blocks as never, { usage, ...rest }))
  expect(with40([{ type: 'redacted_thinking', data: 'x' }])).toEqual(['held'])
  expect(with40([{ type: 'zz' }])).toEqual(['held'])
  expect(
    with40([
      { type: 'text', text: '' },
      { type: 'text', text: 'x' },
    ]),
  ).toEqual(['held'])
  expect(with40([{ type: 'thinking_x', text: '' }])).toEqual(['empty'])
  expect(with40([], { stop_reason: 'max_tokens' })).toEqual(['held'])
  expect(with40([], { content: 'x' })).toEqual(['held'])
  expect(of(message([], { usage: { input_tokens: 9, output_tokens: 5 } }))).toEqual(['held'])
  expect(of(message([], { usage: { input_tokens: 9, output_tokens: 6 } }))).toEqual(['empty'])
})
test('counts that may be nothing', () => {
  expect(of(message([text(' ')], { usage: { input_tokens: 9, output_tokens: 0 } }))).toEqual(['held'])
  for (const name of ['cache_creation_input_tokens', 'cache_read_input_tokens'])
    expect(of(message([text()], { usage: { input_tokens: 0, [name]: 3, output_tokens: 1 } }))).toEqual(['held'])
  expect(of(message([text()], { usage: { input_tokens: null, output_tokens: 1 } }))).toEqual(['held'])
})
