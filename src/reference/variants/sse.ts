import type { Bend } from '../exchange.ts'
import { onChatEvents, onPieces, onResponseEvents, onWire, streams } from '../faults/stages.ts'
import { variant } from './variant.ts'

const pretty = (line: string): string => {
  try {
    return JSON.stringify(JSON.parse(line), null, 1)
      .split('\n')
      .map((part) => `data: ${part}`)
      .join('\n')
  } catch {
    return `data: ${line}`
  }
}

/** WHATWG HTML, event streams: "lines must be separated by either a CRLF pair, a single LF, or a single CR". */
export const sseVariants: readonly Bend[] = [
  variant(
    'crlf',
    'lines end with CR LF',
    onPieces(streams, (text) => text.replaceAll('\n', '\r\n')),
  ),
  variant(
    'cr',
    'lines end with CR',
    onPieces(streams, (text) => text.replaceAll('\n', '\r')),
  ),
  variant(
    'bom',
    'streams begin with a byte order mark',
    onPieces(streams, (text, index) => (index === 0 ? `\ufeff${text}` : text)),
  ),
  variant(
    'comments',
    'comment lines are between the events and inside them',
    onPieces(streams, (text, index) => (index % 3 === 1 ? `: keep-alive\n\n:\n${text}` : text)),
  ),
  variant(
    'event-message',
    'chat chunks have an event line that says message',
    onPieces(['chat-stream'], (text) => `event: message\n${text}`),
  ),
  variant(
    'id-lines',
    'events have id lines',
    onPieces(streams, (text, index) => `id: ${index}\n${text}`),
  ),
  variant(
    'retry-line-with-data',
    'the first event has a retry line',
    onPieces(streams, (text, index) => (index === 0 ? `retry: 3000\n${text}` : text)),
  ),
  variant(
    'multi-line-data',
    'the JSON of events is spread over several data lines',
    onPieces(streams, (text) => text.replace(/^data: (.*)$/m, (_, line) => pretty(line))),
  ),
  variant(
    'no-space-after-colon',
    'no space follows the colon',
    onPieces(streams, (text) => text.replace(/^(data|event): /gm, '$1:')),
  ),
  variant(
    'blank-lines',
    'several blank lines are between events',
    onPieces(streams, (text) => `${text}\n\n`),
  ),
  variant(
    'comment-last',
    'a comment follows the last event',
    onPieces(streams, (text, index, count) => (index === count - 1 ? `${text}: bye\n\n` : text)),
  ),
  variant(
    'one-byte-writes',
    'every byte is a write of its own',
    onWire(streams, (wire) => {
      wire.pieces = wire.pieces.flatMap((piece) => Array.from(piece, (byte) => Uint8Array.of(byte)))
    }),
  ),
  variant(
    'odd-writes',
    'writes end anywhere, inside characters too',
    onWire(streams, (wire) => {
      const whole = Buffer.concat(wire.pieces)
      wire.pieces = Array.from({ length: Math.ceil(whole.length / 97) }, (_, index) => whole.subarray(index * 97, index * 97 + 97))
    }),
  ),
  variant(
    'one-write',
    'a whole stream is one write',
    onWire(streams, (wire) => {
      wire.pieces = [Buffer.concat(wire.pieces)]
    }),
  ),
  variant(
    'done-after-responses',
    'the sentinel follows streamed responses',
    onResponseEvents((events) => [...events, { data: '[DONE]' }]),
  ),
  variant(
    'escaped-json',
    'characters outside ASCII are written as escapes',
    onPieces([...streams, 'chat', 'response'], (text) =>
      text.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ),
  ),
  variant(
    'spaced-json',
    'JSON has spaces between its tokens',
    onPieces(['chat', 'response', 'models', 'model', 'error'], (text) => `\n\n${JSON.stringify(JSON.parse(text), null, 2)}\n`),
  ),
  variant(
    'empty-deltas',
    'deltas without anything are between the others',
    onChatEvents((events) =>
      events.flatMap((event, index) => {
        const entry = event.data.choices?.[0]
        if (!entry || entry.finish_reason !== null || index === 0) return [event]
        return [{ data: { ...event.data, choices: [{ ...entry, delta: {}, logprobs: null }] } }, event]
      }),
    ),
  ),
  variant('no-charset', 'the label of streams has no charset', {
    answer: (answer) => {
      if (answer.events) answer.headers['content-type'] = 'text/event-stream'
    },
  }),
]
