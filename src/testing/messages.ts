import type { View } from '../types.ts'
import { json, type Options, raw } from './transcript.ts'

// A reply of the Messages API as plain objects, for tests that bend one member of it.

// biome-ignore lint/suspicious/noExplicitAny: tests reach into JSON at any depth
export type Json = any

export const weather: Json = {
  name: 'get_weather',
  input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
}

export const text = (words = 'OK'): Json => ({ type: 'text', text: words })

export const use = (members: Json = {}): Json => ({
  type: 'tool_use',
  id: 'toolu_1',
  name: 'get_weather',
  input: { city: 'Paris' },
  ...members,
})

/** A finished message with these blocks; every call gives new objects. */
export const message = (content: Json = [text()], members: Json = {}): Json => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'm',
  content,
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 10, output_tokens: 2 },
  ...members,
})

export const start = (members: Json = {}): Json => ({
  type: 'message_start',
  message: message([], { stop_reason: null, usage: { input_tokens: 10, output_tokens: 1 }, ...members }),
})

export const block = (index: number, content_block: Json, ...deltas: Json[]): Json[] => [
  { type: 'content_block_start', index, content_block },
  ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
  { type: 'content_block_stop', index },
]

export const words = (...pieces: string[]): Json[] => pieces.map((piece) => ({ type: 'text_delta', text: piece }))

export const fragments = (...pieces: string[]): Json[] => pieces.map((piece) => ({ type: 'input_json_delta', partial_json: piece }))

export const end = (stop_reason: Json = 'end_turn', output_tokens: Json = 2): Json[] => [
  { type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage: { output_tokens } },
  { type: 'message_stop' },
]

/** The events of a message in the right order. */
export const events = (...blocks: Json[][]): Json[] => [
  start(),
  ...(blocks.length > 0 ? blocks.flat() : block(0, text(''), ...words('O', 'K'))),
  ...end(blocks.flat().some(({ content_block }) => content_block?.type === 'tool_use') ? 'tool_use' : 'end_turn'),
]

const request = { model: 'm', max_tokens: 64, messages: [{ role: 'user', content: 'Hi.' }] }

/** A streamed message: objects under the event name of their type, strings as they are. */
export const stream = (list: readonly Json[], options: Options = {}): View =>
  raw(
    'POST /messages',
    list
      .map((event) => (typeof event === 'string' ? `data: ${event}\n\n` : `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`))
      .join(''),
    { headers: [['content-type', 'text/event-stream']], ...options, request: { ...request, stream: true, ...options.request } },
  )

/** The same without a name for the events. */
export const bare = (list: readonly Json[]): View =>
  raw('POST /messages', list.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''), {
    headers: [['content-type', 'text/event-stream']],
    request: { ...request, stream: true },
  })

export const answer = (body: Json = message(), options: Options = {}): View =>
  json('POST /messages', body, { ...options, request: { ...request, ...options.request } })

/** A refusal in the native form. */
export const refusal = (status: number, type: string, options: Options = {}): View =>
  answer({ type: 'error', error: { type, message: 'no' }, request_id: 'req_1' }, { status, ...options })
