import { expect, test } from 'vitest'
import { answer, block, end, events, type Json, message, start, stream, text, words } from '../testing/messages.ts'
import { judged } from '../testing/transcript.ts'
import { anthropicStreamOrder } from './anthropic-stream-order.ts'

const of = (list: readonly Json[], options = {}) => judged(anthropicStreamOrder, stream(list, options))
const one = (...pieces: string[]) => block(0, text(''), ...words(...pieces))
const without = (type: string) => events().filter((event) => event.type !== type)
const ping = { type: 'ping' }

test('holds', () => {
  expect(of(events())).toEqual(['held'])
  expect(of([start(), ...end()])).toEqual(['held'])
  expect(of([ping, start(), ping, ...one('a'), { type: 'zz' }, ...block(1, text('')), ping, ...end(null), ping])).toEqual(['held'])
  expect(of([start(), ...one('a'), end()[0], ...end()])).toEqual(['held'])
  expect(of([start(), { type: 'error', error: { type: 'api_error', message: 'no' } }])).toEqual(['held'])
  expect(of([...events(), '[DONE]'])).toEqual(['held'])
})
test('start', () => {
  expect(of(without('message_start'))).toEqual(['no-start'])
  expect(of([start(), ...events()])).toEqual(['start-repeated'])
})
test('blocks', () => {
  expect(of(without('content_block_start'))).toEqual(['no-block'])
  expect(of(without('content_block_stop'))).toEqual(['block-not-stopped'])
  const [first, second] = [one('a'), block(1, text(''), ...words('b'))]
  expect(of([start(), first[0], second[0], ...first.slice(1), ...second.slice(1), ...end()])).toEqual(['block-open'])
})
test('end', () => {
  expect(of(without('message_delta'))).toEqual(['no-message-delta'])
  expect(of(without('message_stop'))).toEqual(['no-message-stop'])
  expect(of([...events(), { type: 'message_stop' }])).toEqual(['after-stop'])
  expect(of([start(), end()[0], ...one('a'), end()[1]])).toEqual(['after-delta'])
  expect(of(without('message_stop'), { end: 'truncated', endReason: 'UND_ERR_SOCKET' })).toEqual(['truncated'])
  expect(of([])).toEqual(['no-message-stop'])
})
test('not-streamed', () => expect(judged(anthropicStreamOrder, answer(message(), { request: { stream: true } }))).toEqual(['not-streamed']))
test('left, or broken below the grammar', () => {
  expect(of([], { end: 'timeout' })).toEqual(['unobserved'])
  expect(of(['{"type":', ...end()])).toEqual(['unobserved'])
  expect(judged(anthropicStreamOrder, answer())).toEqual(['unobserved'])
  expect(of([], { status: 400 })).toEqual(['unobserved'])
})
