import { expect, test } from 'vitest'
import { answer, bare, block, end, events, type Json, start, stream, text, words } from '../testing/messages.ts'
import { judged, raw } from '../testing/transcript.ts'
import { anthropicStreamNames } from './anthropic-stream-names.ts'

const of = (list: readonly Json[]) => judged(anthropicStreamNames, stream(list))
const two = (one: number, other: number): Json[] => [
  start(),
  ...block(one, text(''), ...words('a')),
  ...block(other, text(''), ...words('b')),
  ...end(),
]

test('holds', () => {
  expect(of(events())).toEqual(['held'])
  expect(of(two(0, 1))).toEqual(['held'])
  // that there is no block at all is a matter of the order
  expect(of([start(), { type: 'content_block_delta', index: 0, delta: {} }, ...end()])).toEqual(['held'])
})
test('names', () => {
  expect(judged(anthropicStreamNames, bare(events()))).toEqual(['event-missing'])
  const headers = [['content-type', 'text/event-stream']] as const
  const view = raw('POST /messages', 'event: message\ndata: {"type":"ping"}\n\n', { headers, request: { stream: true } })
  expect(judged(anthropicStreamNames, view)).toEqual(['event-name'])
})
test('indexes', () => {
  expect(of(two(1, 2))).toEqual(['index-gap'])
  expect(of(two(0, 2))).toEqual(['index-gap'])
  expect(of(two(0, 0))).toEqual(['index-gap'])
  const strayed = two(0, 1).map((event) => (event.type === 'content_block_delta' ? { ...event, index: 0 } : event))
  expect(of(strayed)).toEqual(['index-other'])
})
test('sentinel', () => expect(of([...events(), '[DONE]'])).toEqual(['sentinel']))
test('not a stream', () => {
  expect(judged(anthropicStreamNames, answer())).toEqual(['unobserved'])
  expect(of([])).toEqual(['unobserved'])
})
