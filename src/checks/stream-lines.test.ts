import { expect, test } from 'vitest'
import { json, raw } from '../testing/transcript.ts'
import type { Endpoint, Framing, SseEvent } from '../types.ts'
import { framingOf, isTerminal, strayLines, textAt, unseparatedEvents } from './stream-lines.ts'

const stream = (text: string, status = 200) =>
  raw('POST /chat/completions', text, { status, headers: [['content-type', 'text/event-stream']], request: { stream: true } })

test('framing is that of a stream that was served', () => {
  expect(framingOf(stream('data: 1\n\n'))).toBeDefined()
  expect(framingOf(stream('data: 1\n\n', 400))).toBeUndefined()
  expect(framingOf(stream('{"a":1}'))).toBeUndefined()
  expect(framingOf(json('GET /models', {}))).toBeUndefined()
})

const stray = (text: string) => {
  const view = stream(text)
  const { words, fields, torn } = strayLines(view, view.framing as Framing)
  return [words.map((span) => textAt(view, span)), fields.map((span) => textAt(view, span)), [...torn]]
}

test('words between events are one thing, fields and broken data another', () => {
  expect(stray('PROCESSING\n\ndata: 1\n\nstill at it\n\n')).toEqual([['PROCESSING', 'still at it'], [], []])
  for (const line of ['x: y', '{"a"', 'a}', '["a', 'a]', '"a']) expect(stray(`data: 1\n\n${line}\n\n`)).toEqual([[], [line], []])
})

test('inside an event they tear it, unless it is whole without them', () => {
  expect(stray('data: 1\nPROCESSING\n\n')).toEqual([['PROCESSING'], [], []])
  expect(stray('data: [DONE]\nPROCESSING\n\n')).toEqual([['PROCESSING'], [], []])
  expect(stray('data: 1\n\ndata: {"a\nPROCESSING\n\n')).toEqual([[], ['PROCESSING'], [1]])
  expect(stray('data: 1\n\ndata: {"a":\n1}\n\nx: y\n\n')).toEqual([[], ['1}', 'x: y'], [1]])
  expect(stray('data: 1\n\nx: y\ndata: 2\n\n')).toEqual([[], ['x: y'], [1]])
})

test('events that were not parted are whole values on lines of their own', () => {
  const found = (data: string) =>
    unseparatedEvents(
      stream(
        `${data
          .split('\n')
          .map((line) => `data: ${line}`)
          .join('\n')}\n\n`,
      ),
    ).length
  expect([found('{"a":1}\n{"b":2}'), found('[1]\n [2]'), found('{"a":1}\n[DONE]'), found('{}\n [DONE] ')]).toEqual([1, 1, 1, 1])
  expect([
    found('{"a":\n1}'),
    found('{"a":1}\n{"b"'),
    found('1\n2'),
    found('{"a":1}'),
    found('x'),
    found('[DONE]'),
    found('{}\nx'),
  ]).toEqual(Array(7).fill(0))
})

const event = (own: Partial<SseEvent>): SseEvent => ({ index: 0, from: 0, to: 0, atMs: 0, ...own })
const ends = (endpoint: Endpoint, own: Partial<SseEvent>) => isTerminal({ ...stream('data: 1\n\n'), endpoint }, event(own))

test('what ends a stream, by its endpoint', () => {
  for (const endpoint of ['POST /responses', 'POST /messages', 'POST /chat/completions'] as const) {
    expect(ends(endpoint, { data: '[DONE]' })).toBe(true)
    expect(ends(endpoint, { data: 'x' })).toBe(false)
    expect(ends(endpoint, { json: {} })).toBe(false)
  }
  for (const type of ['response.completed', 'response.incomplete', 'response.failed', 'response.cancelled', 'error']) {
    expect(ends('POST /responses', { json: { type } })).toBe(true)
    expect(ends('POST /messages', { json: { type } })).toBe(false)
  }
  expect(ends('POST /messages', { json: { type: 'message_stop' } })).toBe(true)
  expect(ends('POST /responses', { json: { type: 'message_stop' } })).toBe(false)
  expect(ends('POST /responses', { json: [] })).toBe(false)
})
