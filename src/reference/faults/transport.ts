import { gzipSync } from 'node:zlib'
import type { Fault } from '../exchange.ts'
import { errorAnswer } from '../refusal.ts'
import { fault, onAnswer, onCall, onPieces, onWire, refuses, replies } from './stages.ts'

const has = (headers: Readonly<Record<string, string>>, prefix: string): boolean =>
  Object.keys(headers).some((name) => name.startsWith(prefix))

/** HTTP and plain JSON bodies. */
export const transportFaults: readonly Fault[] = [
  fault(
    'redirect',
    'transport.base-path',
    'generation requests are redirected to another address',
    onCall((call) => {
      if (call.method !== 'POST' || !/\/(?:completions|responses)$/.test(call.target)) return
      return { kind: 'error', status: 307, headers: { location: `${call.target}?direct` }, about: 'redirect', tokens: 0, body: {} }
    }),
  ),
  fault(
    'text-plain-json',
    'transport.json.content-type',
    'JSON replies are labelled text/plain',
    onAnswer(replies, (answer) => {
      answer.headers['content-type'] = 'text/plain; charset=utf-8'
    }),
  ),
  fault(
    'unlabelled-json',
    'transport.json.content-type',
    'JSON replies have no Content-Type',
    onAnswer(replies, (answer) => {
      delete answer.headers['content-type']
    }),
  ),
  fault(
    'html-labelled-error',
    'transport.json.content-type',
    'JSON errors are labelled text/html',
    onAnswer(['error'], (answer) => {
      answer.headers['content-type'] = 'text/html'
    }),
  ),
  fault(
    'bom-in-json',
    'transport.json.single-value',
    'JSON bodies begin with a byte order mark',
    onPieces(replies, (text) => `\ufeff${text}`),
  ),
  fault(
    'trailing-garbage-in-json',
    'transport.json.single-value',
    'JSON bodies are followed by more text',
    onPieces(replies, (text) => `${text}\nOK`),
  ),
  fault(
    'two-json-values',
    'transport.json.single-value',
    'JSON bodies are sent twice in one body',
    onPieces(replies, (text) => `${text}${text}`),
  ),
  fault(
    'nan-in-json',
    'transport.json.single-value',
    'JSON bodies hold the bare word NaN',
    onPieces(replies, (text) => text.replace(/\}$/, ',"score":NaN}')),
  ),
  fault(
    'latin1-json',
    'transport.json.single-value',
    'JSON bodies hold a byte that is not UTF-8',
    onPieces(replies, (text) => Buffer.from(text.replace(/\}$/, ',"note":"\u00e9"}'), 'latin1')),
  ),
  fault(
    'truncated-json',
    'transport.framing.complete',
    'the connection breaks in the middle of a JSON body',
    onWire(replies, (wire) => {
      wire.pieces = wire.pieces.map((piece) => piece.subarray(0, piece.length >> 1))
      wire.end = 'cut'
    }),
  ),
  fault(
    'content-length-wrong',
    'transport.framing.complete',
    'Content-Length promises more bytes than are sent',
    onWire(replies, (wire) => {
      wire.headers['content-length'] = String(Number(wire.headers['content-length']) + 10)
      wire.end = 'cut'
    }),
  ),
  fault(
    'keep-alive-broken',
    'transport.keep-alive',
    'connections are closed after every reply without being announced',
    onWire([...replies, 'chat-stream', 'response-stream', 'models', 'error'], (wire) => {
      wire.end = 'drop'
    }),
  ),
  fault(
    'gzip-unasked',
    'transport.compression.negotiated',
    'JSON replies are compressed although nobody asked',
    onWire(replies, (wire) => {
      wire.pieces = [gzipSync(Buffer.concat(wire.pieces))]
      Object.assign(wire.headers, { 'content-encoding': 'gzip', 'content-length': String(wire.pieces[0]?.length) })
    }),
  ),
  fault(
    'gzip-label-only',
    'transport.compression.negotiated',
    'plain JSON is labelled as compressed',
    onWire(replies, (wire) => {
      wire.headers['content-encoding'] = 'gzip'
    }),
  ),
  fault(
    'unknown-headers-refused',
    'transport.request-headers.tolerated',
    'requests with the headers of the official SDKs are refused',
    onCall((call) =>
      has(call.headers, 'x-stainless') || has(call.headers, 'x-client') || has(call.headers, 'idempotency')
        ? errorAnswer('Unknown request header.')
        : undefined,
    ),
  ),
  fault(
    'charset-refused',
    'transport.request-headers.tolerated',
    'a charset beside application/json is refused',
    onCall((call) =>
      /charset/i.test(call.headers['content-type'] ?? '') ? errorAnswer('Unsupported media type.', { status: 415 }) : undefined,
    ),
  ),
  fault(
    'accept-json-refused',
    'transport.accept.json-on-stream',
    'streams are refused unless text/event-stream is accepted',
    refuses('/chat/completions', (body, call) => body.stream === true && !/event-stream/.test(call.headers.accept ?? ''), 'accept'),
  ),
  fault(
    'head-500',
    'transport.head',
    'HEAD ends in a server error',
    onCall((call) => (call.method === 'HEAD' ? errorAnswer('Internal server error', { status: 500, type: 'server_error' }) : undefined)),
  ),
  fault(
    'cors-half',
    'transport.cors.preflight',
    'preflights are allowed, but answers lack the header that browsers need',
    onAnswer([...replies, 'chat-stream', 'error'], (answer) => {
      delete answer.headers['access-control-allow-origin']
    }),
  ),
  fault(
    'cors-no-authorization',
    'transport.cors.preflight',
    'preflights do not allow the authorization header',
    onAnswer(['preflight'], (answer) => {
      answer.headers['access-control-allow-headers'] = 'content-type'
    }),
  ),
  fault(
    'request-id-missing',
    'transport.request-id',
    'answers have no x-request-id',
    onAnswer([...replies, 'chat-stream', 'response-stream', 'models', 'model', 'error'], (answer) => {
      delete answer.headers['x-request-id']
    }),
  ),
  fault(
    'request-id-missing-on-errors',
    'transport.request-id',
    'errors have no x-request-id',
    onAnswer(['error'], (answer) => {
      delete answer.headers['x-request-id']
    }),
  ),
  fault(
    'request-id-repeated',
    'transport.request-id',
    'every answer has the same x-request-id',
    onAnswer([...replies, 'chat-stream', 'response-stream', 'models', 'model', 'error'], (answer) => {
      answer.headers['x-request-id'] = 'req_1'
    }),
  ),
]
