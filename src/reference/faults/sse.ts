import type { Fault, StreamEvent } from '../exchange.ts'
import { fault, isDone, onAnswer, onChatEvents, onPieces, onWire, streams } from './stages.ts'

const middle = (index: number, count: number): boolean => index === count >> 1

/** A description of JSON as another language would print it. */
const repr = (json: string): string => json.replaceAll('"', "'").replaceAll('null', 'None')

/** Text cut into bytes that are decoded one by one, as a careless server does with a character in two tokens. */
const mangled = (text: string): string => text.replace(/[^\x00-\x7f]/gu, (character) => '\ufffd'.repeat(Buffer.byteLength(character)))

const beforeDone = (events: StreamEvent[], ...more: StreamEvent[]): StreamEvent[] => [...events.slice(0, -1), ...more, ...events.slice(-1)]

/** Framing of event streams. */
export const sseFaults: readonly Fault[] = [
  fault(
    'sse-json-content-type',
    'transport.sse.content-type',
    'streams are labelled application/json',
    onAnswer(streams, (answer) => {
      answer.headers['content-type'] = 'application/json'
    }),
  ),
  fault(
    'sse-text-plain',
    'transport.sse.content-type',
    'streams are labelled text/plain',
    onAnswer(streams, (answer) => {
      answer.headers['content-type'] = 'text/plain; charset=utf-8'
    }),
  ),
  fault(
    'sse-latin1-charset',
    'transport.sse.content-type',
    'streams claim another charset than UTF-8',
    onAnswer(streams, (answer) => {
      answer.headers['content-type'] = 'text/event-stream; charset=iso-8859-1'
    }),
  ),
  fault(
    'cache-control-missing',
    'transport.stream.cache-control',
    'streams do not forbid caching',
    onAnswer(streams, (answer) => {
      delete answer.headers['cache-control']
    }),
  ),
  fault(
    'cache-control-public',
    'transport.stream.cache-control',
    'streams may be cached by anybody',
    onAnswer(streams, (answer) => {
      answer.headers['cache-control'] = 'public, max-age=60'
    }),
  ),
  fault(
    'missing-blank-line',
    'transport.sse.framing',
    'one event is not separated from the next',
    onPieces(streams, (text, index) => (index === 1 ? text.replace(/\n\n$/, '\n') : text)),
  ),
  fault(
    'unterminated-last-event',
    'transport.sse.framing',
    'the last event lacks its blank line',
    onPieces(streams, (text, index, count) => (index === count - 1 ? text.trimEnd() : text)),
  ),
  fault(
    'half-terminated-last-event',
    'transport.sse.framing',
    'the last event ends with one line feed only',
    onPieces(streams, (text, index, count) => (index === count - 1 ? `${text.trimEnd()}\n` : text)),
  ),
  fault(
    'json-lines',
    'transport.sse.framing',
    'events are bare JSON lines without a field name',
    onPieces(streams, (text) => text.replace(/^data: /gm, '')),
  ),
  fault(
    'unknown-field-line',
    'transport.sse.framing',
    'blocks hold a line that is no field of an event stream',
    onPieces(streams, (text, index) => (index === 1 ? `status: ok\n${text}` : text)),
  ),
  fault(
    'capital-data',
    'transport.sse.framing',
    'the field name is written Data',
    onPieces(streams, (text) => text.replace(/^data:/gm, 'Data:')),
  ),
  fault(
    'bare-text-keep-alive',
    'transport.sse.keep-alive-comments',
    'idle lines are bare text',
    onPieces(streams, (text, index, count) => (middle(index, count) ? `keep-alive\n\n${text}` : text)),
  ),
  fault(
    'empty-data-keep-alive',
    'transport.sse.keep-alive-comments',
    'idle lines are events with empty data',
    onPieces(streams, (text, index, count) => (middle(index, count) ? `data:\n\n${text}` : text)),
  ),
  fault(
    'dataless-event',
    'transport.sse.no-dataless-event',
    'a block has an event line but no data',
    onPieces(streams, (text, index, count) => (middle(index, count) ? `event: ping\n\n${text}` : text)),
  ),
  fault(
    'retry-only-event',
    'transport.sse.no-dataless-event',
    'a block has a retry line but no data',
    onPieces(streams, (text, index) => (index === 0 ? `retry: 3000\n\n${text}` : text)),
  ),
  fault(
    'invalid-utf8',
    'transport.sse.utf8',
    'an event holds bytes that are not UTF-8',
    onPieces(streams, (text, index) => (index === 1 ? Buffer.from(text.replace(/\{/, '{"note":"\u00e9",'), 'latin1') : text)),
  ),
  fault(
    'split-multibyte-as-replacement',
    'transport.sse.utf8',
    'characters outside ASCII arrive as replacement characters in streams',
    onPieces(streams, mangled),
  ),
  fault(
    'two-json-per-event',
    'transport.sse.one-json-per-event',
    'one event holds two JSON objects',
    onChatEvents((events) => {
      const [first, second, ...rest] = events
      if (!first || !second || isDone(second)) return
      return [{ data: `${JSON.stringify(first.data)}${JSON.stringify(second.data)}` }, ...rest]
    }),
  ),
  fault(
    'json-array-event',
    'transport.sse.one-json-per-event',
    'chunks are wrapped in an array',
    onChatEvents((events) => events.map((event) => (isDone(event) ? event : { data: [event.data] }))),
  ),
  fault(
    'python-repr-event',
    'transport.sse.one-json-per-event',
    'chunks are printed in the notation of another language',
    onChatEvents((events) => events.map((event) => (isDone(event) ? event : { data: repr(JSON.stringify(event.data)) }))),
  ),
  fault(
    'double-encoded-event',
    'transport.sse.one-json-per-event',
    'chunks are JSON strings that hold JSON',
    onChatEvents((events) => events.map((event) => (isDone(event) ? event : { data: JSON.stringify(JSON.stringify(event.data)) }))),
  ),
  fault(
    'null-event',
    'transport.sse.one-json-per-event',
    'an event holds the JSON value null',
    onChatEvents((events) => beforeDone(events, { data: 'null' })),
  ),
  fault(
    'data-prefix-twice',
    'transport.sse.one-json-per-event',
    'the prefix of data lines is written twice',
    onPieces(['chat-stream'], (text) => text.replace(/^data: (?=\{)/gm, 'data: data: ')),
  ),
  fault(
    'done-as-named-event',
    'stream.done-sentinel',
    'the sentinel is an event of its own kind with other text',
    onChatEvents((events) => events.map((event) => (isDone(event) ? { event: 'done', data: 'finished' } : event))),
  ),
  fault(
    'truncated',
    'transport.framing.complete',
    'the connection breaks in the middle of a stream',
    onWire(streams, (wire) => {
      wire.pieces = wire.pieces.slice(0, Math.max(1, wire.pieces.length >> 1))
      wire.end = 'cut'
    }),
  ),
  fault(
    'cut-after-last-event',
    'transport.framing.complete',
    'streams end without the last chunk of the transfer coding',
    onWire(streams, (wire) => {
      wire.end = 'cut'
    }),
  ),
  fault(
    'connection-held-open',
    'transport.sse.close-after-terminal',
    'the connection stays open for three seconds after the last event',
    onWire(streams, (wire) => {
      wire.holdMs = 3000
    }),
  ),
  fault(
    'buffered',
    'transport.sse.incremental',
    'streams are held back and then sent at once',
    onWire(streams, (wire) => {
      wire.waitMs += 1000
      wire.pieces = [Buffer.concat(wire.pieces)]
    }),
  ),
]
