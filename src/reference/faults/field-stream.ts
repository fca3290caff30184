import type { Fault, Json, StreamEvent } from '../exchange.ts'
import { errorAnswer } from '../refusal.ts'
import {
  fault,
  finishAt,
  isDone,
  onAnswer,
  onCall,
  onChatEvents,
  onChunk,
  onEntry,
  onErrorAbout,
  onFinish,
  onPieces,
  onUsage,
  onWire,
  streams,
} from './stages.ts'

const inserted = (events: readonly StreamEvent[], at: number, ...more: StreamEvent[]): StreamEvent[] => [
  ...events.slice(0, at),
  ...more,
  ...events.slice(at),
]

const middle = (events: readonly StreamEvent[]): number => Math.max(1, finishAt(events) >> 1)

const hasTools = (body: Json): boolean => Array.isArray(body?.tools) && body.tools.length > 0

const contentOf = (event: StreamEvent): string => event.data.choices?.[0]?.delta?.content ?? ''

const labelled = (label: string) =>
  onAnswer(['error'], (answer) => {
    answer.headers['content-type'] = label
  })

/** Bytes cut every so often and each part decoded alone, as a proxy does that handles what it reads as text. */
const decodedInParts = (text: string, size: number): string => {
  const bytes = Buffer.from(text)
  const parts: string[] = []
  for (let from = 0; from < bytes.length; from += size) parts.push(bytes.subarray(from, from + size).toString('utf8'))
  return parts.join('')
}

const tokens = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }

/** What was reported of real endpoints: streams, and what is around them. */
export const fieldStreamFaults: readonly Fault[] = [
  fault(
    'open-without-done',
    'transport.sse.progress',
    'the first stream has its finish but neither sentinel nor end',
    onChatEvents((events, call) => {
      if (call.memory.has('open-without-done')) return
      call.memory.set('open-without-done', call)
      return events.filter((event) => !isDone(event))
    }),
    onWire(['chat-stream'], (wire, call) => {
      if (call.memory.get('open-without-done') === call) wire.holdMs = 60_000
    }),
  ),
  fault(
    'page-in-data',
    'transport.sse.one-json-per-event',
    'the page of a proxy stands on a data line',
    onChatEvents((events) => inserted(events, middle(events), { data: '<html><body><h1>502 Bad Gateway</h1></body></html>' })),
  ),
  fault(
    'empty-data-for-done',
    'stream.done-sentinel',
    'a stream ends with empty data instead of the sentinel',
    onChatEvents((events) => events.map((event) => (isDone(event) ? { data: '' } : event))),
  ),
  fault(
    'crlf-lines',
    'wire.sse.line-feeds',
    'lines of streams end with carriage return and line feed',
    onPieces(streams, (text) => text.replaceAll('\n', '\r\n')),
  ),
  fault(
    'data-without-space',
    'transport.sse.single-data-line',
    'nothing separates the colon from the data',
    onPieces(streams, (text) => text.replace(/^data: /gm, 'data:')),
  ),
  fault(
    'id-before-data',
    'transport.sse.no-id-field',
    'events begin with a line that numbers them',
    onPieces(streams, (text, index) => `id: ${index}\n${text}`),
  ),
  fault(
    'text-in-another-member',
    'chat.message.answer-on-stop',
    'the text of deltas is in a member that no client reads',
    onEntry(({ delta }) => {
      if (!delta.content) return
      delta.text = delta.content
      delete delta.content
    }),
  ),
  fault(
    'tools-stop-streaming',
    'stream.granularity',
    'text comes in one delta when tools are declared',
    onChatEvents((events, call) => {
      if (!hasTools(call.json)) return
      const texts = events.filter((event) => contentOf(event) !== '')
      const [first] = texts
      if (!first) return
      first.data.choices[0].delta.content = texts.map(contentOf).join('')
      return events.filter((event) => event === first || !texts.includes(event))
    }),
  ),
  fault(
    'filter-chunk-without-delta',
    'stream.choice-shape',
    'a chunk about content filters has no delta',
    onChatEvents((events) => {
      const filter = {
        index: 0,
        finish_reason: null,
        content_filter_results: {},
        content_filter_offsets: { start_offset: 0, end_offset: 9 },
      }
      return inserted(events, middle(events), { data: { ...events[0]?.data, choices: [filter] } })
    }),
  ),
  fault(
    'first-chunk-without-model',
    'chat.model',
    'the first chunk does not name the model',
    onChunk((chunk, index) => {
      if (index === 0) delete chunk.model
    }),
  ),
  fault(
    'tool-streams-fail',
    'wire.no-server-error',
    'a stream breaks off with an error of the server when tools are declared',
    onChatEvents((events, call) => {
      if (!hasTools(call.json)) return
      const message = 'sequence item 23: expected str instance, NoneType found'
      return [...events.slice(0, middle(events)), { data: { error: { message, type: 'server_error', param: null, code: '500' } } }]
    }),
  ),
  fault(
    'finish-error-in-choice',
    'stream.finish-once',
    'a failed stream finishes with error and says why inside the choice',
    onFinish((entry) => {
      entry.finish_reason = 'error'
      entry.error = { code: 502, message: 'Overloaded' }
    }),
  ),
  fault(
    'finish-null-word',
    'stream.finish-once',
    'the finish reason is the word null until the end',
    onEntry((entry) => {
      entry.finish_reason ??= 'null'
    }),
  ),
  fault(
    'finish-on-every-chunk',
    'stream.finish-once',
    'every chunk has a finish reason',
    onEntry((entry) => {
      entry.finish_reason ??= 'stop'
    }),
  ),
  fault(
    'finish-only-last-choice',
    'stream.finish-once',
    'only the last of several choices finishes',
    onChatEvents((events, call) => {
      const last = (call.json?.n ?? 1) - 1
      for (const { data } of events) for (const entry of data.choices ?? []) if (entry.index < last) entry.finish_reason = null
      return undefined
    }),
  ),
  fault(
    'usage-chunk-choices-null',
    'stream.choices-array',
    'the chunk with the usage has null for choices',
    onChunk((chunk) => {
      if (chunk.choices.length === 0) chunk.choices = null
    }),
  ),
  fault(
    'usage-empty-on-chunks',
    'stream.usage.on-request',
    'chunks without usage have an empty object for it',
    onChunk((chunk) => {
      chunk.usage ??= {}
    }),
  ),
  fault(
    'usage-zero-on-chunks',
    'stream.usage.once-and-last',
    'every chunk counts nothing, and choices have no finish reason until the end',
    onChunk((chunk) => {
      if (chunk.usage !== undefined) chunk.usage = tokens
      for (const entry of chunk.choices) if (entry.finish_reason === null) delete entry.finish_reason
    }),
  ),
  fault(
    'cached-prompt-uncounted',
    'usage.monotonic',
    'the prompt count leaves out what came from the cache',
    onUsage((usage, call) => {
      const prompt = JSON.stringify(call.json?.messages)
      const key = `cached-prompt-uncounted ${prompt}`
      if (call.memory.has(key)) {
        const cached = usage.prompt_tokens >> 1
        usage.prompt_tokens -= cached
        usage.total_tokens -= cached
        usage.prompt_tokens_details = { cached_tokens: cached }
      }
      call.memory.set(key, true)
    }),
  ),
  fault(
    'tool-streams-without-usage',
    'stream.usage.on-request',
    'usage is not streamed when tools are declared',
    onChatEvents((events, call) => (hasTools(call.json) ? events.filter(({ data }) => !data.usage) : undefined)),
  ),
  fault(
    'utf8-cut-by-proxy',
    'transport.sse.utf8',
    'characters that lie across the parts in which a proxy reads are replaced',
    onWire(streams, (wire) => {
      wire.pieces = [Buffer.from(decodedInParts(Buffer.concat(wire.pieces).toString('utf8'), 7))]
    }),
  ),
  fault(
    'octet-stream-errors',
    'transport.json.content-type',
    'errors are labelled as bytes of any kind',
    labelled('application/octet-stream'),
  ),
  fault('text-plain-errors', 'transport.json.content-type', 'errors are labelled text/plain', labelled('text/plain; charset=utf-8')),
  fault(
    'responses-absent-200',
    'errors.status-class',
    'the Responses endpoint is not there, and says so with status 200',
    onCall((call) =>
      call.target.startsWith('/v1/responses')
        ? { ...errorAnswer(`Unexpected endpoint or method. (${call.method} ${call.target})`), status: 200 }
        : undefined,
    ),
  ),
  fault(
    'vendor-header-needed',
    'models.serves-chat',
    'requests need a header that only one client sends',
    onCall((call) =>
      call.method === 'POST' && call.headers['x-integration-id'] === undefined
        ? errorAnswer('The requested model is not supported.', { code: 'model_not_supported', param: 'model' })
        : undefined,
    ),
  ),
  fault(
    'models-want-another-key',
    'auth.bearer',
    'the key that opens the chat does not open the list of models',
    onCall((call) =>
      call.method === 'GET' && call.target.startsWith('/v1/models') && call.key === 'right'
        ? errorAnswer('This key may not list models.', { status: 401, code: 'invalid_api_key', about: 'key' })
        : undefined,
    ),
  ),
  fault(
    'key-error-message-only',
    'errors.type',
    'the error about a key has nothing but a message',
    onErrorAbout('key', (answer, error) => {
      answer.body = { error: { message: error.message } }
    }),
  ),
  fault(
    'delta-without-content-key',
    'wire.delta.content-key',
    'deltas without text leave the content out',
    onEntry(({ delta }) => {
      if (!delta.content) delete delta.content
    }),
  ),
]
