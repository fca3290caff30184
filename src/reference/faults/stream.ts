import type { Fault, Json, StreamEvent } from '../exchange.ts'
import { chunkLike, fault, finishAt, isDone, onChatEvents, onChatRequest, onChunk, onEntry, onFinish, onSpeech, onWire } from './stages.ts'

const chunkWith = (name: string, value: unknown) =>
  onChunk((chunk) => {
    chunk[name] = value
  })

const chunkWithout = (name: string) =>
  onChunk((chunk) => {
    delete chunk[name]
  })

const later = (bend: (chunk: Json, index: number) => void) =>
  onChunk((chunk, index) => {
    if (index > 0) bend(chunk, index)
  })

const insertAt = (events: readonly StreamEvent[], at: number, ...more: StreamEvent[]): StreamEvent[] => [
  ...events.slice(0, at),
  ...more,
  ...events.slice(at),
]

const first = (events: readonly StreamEvent[]): StreamEvent => events[0] as StreamEvent

const hasUsage = (event: StreamEvent): boolean => Boolean(event.data.usage)

const contentOf = (event: StreamEvent): string => event.data.choices?.[0]?.delta?.content ?? ''

const asked = (body: Json): boolean => body?.stream_options?.include_usage === true

const onUsageChunk = (bend: (chunk: Json) => void) =>
  onChunk((chunk) => {
    if (chunk.usage) bend(chunk)
  })

/** Streams that ask for usage: the events without the usage chunk, and that chunk. */
const moveUsage = (place: (rest: StreamEvent[], usage: StreamEvent) => StreamEvent[]) =>
  onChatEvents((events) => {
    const usage = events.find(hasUsage)
    return usage
      ? place(
          events.filter((event) => event !== usage),
          usage,
        )
      : undefined
  })

/** A stream that fails half way: what came so far, then these events and nothing else. */
const failing = (...rest: Json[]) =>
  onChatEvents((events) => [...events.slice(0, Math.max(2, finishAt(events) >> 1)), ...rest.map((data) => ({ data }))])

/** Streamed chat replies. */
export const streamFaults: readonly Fault[] = [
  fault(
    'stream-ignored',
    'stream.switch',
    'one JSON object is sent although a stream was asked for',
    onChatRequest((body) => {
      if (body.stream !== true) return
      delete body.stream
      delete body.stream_options
    }),
  ),
  fault(
    'stream-false-streams',
    'stream.switch',
    'a stream is sent although the switch is false',
    onChatRequest((body) => {
      if (body.stream === false) body.stream = true
    }),
  ),
  fault(
    'stream-null-streams',
    'stream.switch',
    'a stream is sent although the switch is null',
    onChatRequest((body) => {
      if (body.stream === null) body.stream = true
    }),
  ),
  fault(
    'stream-by-default',
    'stream.switch',
    'a stream is sent unless it is switched off',
    onChatRequest((body) => {
      body.stream ??= true
    }),
  ),
  fault('chunk-object-wrong', 'stream.object', 'chunks call themselves chat.completion', chunkWith('object', 'chat.completion')),
  fault('chunk-object-missing', 'stream.object', 'chunks do not say what they are', chunkWithout('object')),
  fault('chunk-object-empty', 'stream.object', 'the object of chunks is empty', chunkWith('object', '')),
  fault(
    'id-changes',
    'stream.id-stable',
    'every chunk has its own id',
    later((chunk, index) => {
      chunk.id += `-${index}`
    }),
  ),
  fault('chunk-id-missing', 'stream.id-stable', 'chunks have no id', chunkWithout('id')),
  fault('chunk-id-empty', 'stream.id-stable', 'the id of chunks is empty', chunkWith('id', '')),
  fault(
    'chunk-id-first-only',
    'stream.id-stable',
    'only the first chunk has an id',
    later((chunk) => {
      delete chunk.id
    }),
  ),
  fault(
    'last-id-differs',
    'stream.id-stable',
    'the last chunk has another id',
    onChunk((chunk, index, chunks) => {
      if (index === chunks.length - 1) chunk.id = 'chatcmpl-end'
    }),
  ),
  fault(
    'created-changes',
    'stream.created-stable',
    'created moves from chunk to chunk',
    later((chunk, index) => {
      chunk.created += index
    }),
  ),
  fault(
    'chunk-created-ms',
    'chat.created',
    'created counts milliseconds in chunks',
    onChunk((chunk) => {
      chunk.created *= 1000
    }),
  ),
  fault(
    'chunk-created-string',
    'chat.created',
    'created is a string in chunks',
    onChunk((chunk) => {
      chunk.created = String(chunk.created)
    }),
  ),
  fault('chunk-created-missing', 'chat.created', 'chunks have no creation time', chunkWithout('created')),
  fault(
    'model-changes',
    'stream.created-stable',
    'the model moves from chunk to chunk',
    later((chunk) => {
      chunk.model = `${chunk.model}-snapshot`
    }),
  ),
  fault('chunk-model-missing', 'chat.model', 'chunks do not name the model', chunkWithout('model')),
  fault('chunk-model-empty', 'chat.model', 'the model of chunks is empty', chunkWith('model', '')),
  fault(
    'choices-null',
    'stream.choices-array',
    'a chunk has null for choices',
    onChunk((chunk, index) => {
      if (index === 1) chunk.choices = null
    }),
  ),
  fault(
    'chunk-choices-missing',
    'stream.choices-array',
    'a chunk has no choices',
    onChatEvents((events) => {
      const { choices, ...bare } = first(events).data
      return insertAt(events, 1, { data: bare })
    }),
  ),
  fault(
    'choices-empty-in-the-middle',
    'stream.choices-array',
    'a chunk without any choice comes in the middle',
    onChatEvents((events) => insertAt(events, 1, { data: { ...first(events).data, choices: [] } })),
  ),
  fault(
    'choices-map',
    'stream.choices-array',
    'choices is an object by index',
    onChunk((chunk) => {
      chunk.choices = { ...chunk.choices }
    }),
  ),
  fault(
    'choice-without-index',
    'stream.choice-shape',
    'choices of chunks have no index',
    onEntry((entry) => {
      delete entry.index
    }),
  ),
  fault(
    'chunk-index-string',
    'stream.choice-shape',
    'the index of choices in chunks is a string',
    onEntry((entry) => {
      entry.index = String(entry.index)
    }),
  ),
  fault(
    'delta-missing',
    'stream.choice-shape',
    'choices have no delta',
    onEntry((entry) => {
      if (entry.finish_reason !== null) delete entry.delta
    }),
  ),
  fault(
    'delta-null',
    'stream.choice-shape',
    'the delta of the finish is null',
    onEntry((entry) => {
      if (entry.finish_reason !== null) entry.delta = null
    }),
  ),
  fault(
    'delta-array',
    'stream.choice-shape',
    'deltas are lists',
    onEntry((entry) => {
      entry.delta = [entry.delta]
    }),
  ),
  fault(
    'message-in-chunk',
    'stream.choice-shape',
    'choices have a message besides the delta',
    onEntry((entry) => {
      entry.message = { role: 'assistant', content: entry.delta.content ?? '' }
    }),
  ),
  fault(
    'message-for-delta',
    'stream.choice-shape',
    'choices have a message instead of a delta',
    onEntry((entry) => {
      entry.message = entry.delta
      delete entry.delta
    }),
  ),
  fault(
    'role-missing',
    'stream.role-first',
    'no delta names the role',
    onEntry((entry) => {
      delete entry.delta.role
    }),
  ),
  fault(
    'role-late',
    'stream.role-first',
    'the role comes with the second delta',
    onEntry((entry, _, index) => {
      delete entry.delta.role
      if (index === 1) entry.delta.role = 'assistant'
    }),
  ),
  fault(
    'role-empty',
    'stream.role-value',
    'later deltas have an empty role',
    onEntry((entry) => {
      entry.delta.role ??= ''
    }),
  ),
  fault(
    'role-wrong',
    'stream.role-value',
    'the role of deltas is bot',
    onEntry((entry) => {
      if (entry.delta.role) entry.delta.role = 'bot'
    }),
  ),
  fault(
    'role-repeated',
    'stream.role-once',
    'every delta names the role',
    onEntry((entry) => {
      entry.delta.role = 'assistant'
    }),
  ),
  fault(
    'delta-content-array',
    'stream.content-type',
    'the content of deltas is a list of parts',
    onEntry(({ delta }) => {
      if (delta.content) delta.content = [{ type: 'text', text: delta.content }]
    }),
  ),
  fault(
    'delta-content-object',
    'stream.content-type',
    'the content of deltas is an object',
    onEntry(({ delta }) => {
      if (delta.content) delta.content = { text: delta.content }
    }),
  ),
  fault(
    'delta-content-number',
    'stream.content-type',
    'deltas that are digits arrive as numbers',
    onEntry(({ delta }) => {
      if (/^\s?\d+$/.test(delta.content)) delta.content = Number(delta.content)
    }),
  ),
  fault('cumulative-deltas', 'stream.increments', 'every delta repeats the text so far', cumulative()),
  fault(
    'delta-repeated',
    'stream.increments',
    'every delta is sent twice',
    onChatEvents((events) => events.flatMap((event) => (contentOf(event) === '' ? [event] : [event, structuredClone(event)]))),
  ),
  fault(
    'delta-lost',
    'stream.increments',
    'every seventh delta is lost',
    onChatEvents((events) => events.filter((event, index) => contentOf(event) === '' || index % 7 !== 3)),
  ),
  fault(
    'deltas-swapped',
    'stream.increments',
    'two deltas arrive in the wrong order',
    onChatEvents((events) => {
      const [a, b] = [events[3], events[4]]
      if (!a || !b || contentOf(a) === '' || contentOf(b) === '') return
      return [...events.slice(0, 3), b, a, ...events.slice(5)]
    }),
  ),
  fault(
    'text-again-at-the-end',
    'stream.increments',
    'the whole text is sent once more before the finish',
    onChatEvents((events) => {
      const whole = events.map(contentOf).join('')
      return whole === '' ? undefined : insertAt(events, finishAt(events), chunkLike(first(events), { content: whole }))
    }),
  ),
  fault(
    'deltas-trimmed',
    'stream.increments',
    'spaces at the edges of deltas are lost',
    onEntry(({ delta }) => {
      if (typeof delta.content === 'string') delta.content = delta.content.trim()
    }),
  ),
  fault(
    'one-big-chunk',
    'stream.granularity',
    'the whole text comes in one delta',
    onChatEvents((events) => {
      const whole = events.map(contentOf).join('')
      if (whole === '') return
      const rest = events.filter((event) => contentOf(event) === '')
      return insertAt(rest, finishAt(rest), chunkLike(first(events), { content: whole }))
    }),
  ),
  fault(
    'finish-key-missing',
    'stream.finish-key',
    'choices have no finish_reason until the end',
    onEntry((entry) => {
      if (entry.finish_reason === null) delete entry.finish_reason
    }),
  ),
  fault(
    'finish-missing',
    'stream.finish-once',
    'no choice ever finishes',
    onFinish((entry) => {
      entry.finish_reason = null
    }),
  ),
  fault(
    'finish-chunk-missing',
    'stream.finish-once',
    'the finish chunk is not sent',
    onChatEvents((events) => events.filter((event) => !event.data.choices?.some((entry: Json) => entry.finish_reason !== null))),
  ),
  fault(
    'stream-finish-unknown',
    'stream.finish-once',
    'streams finish with eos',
    onFinish((entry) => {
      entry.finish_reason = 'eos_token'
    }),
  ),
  fault(
    'stream-finish-empty',
    'stream.finish-once',
    'the finish reason is an empty string until the end',
    onEntry((entry) => {
      entry.finish_reason ??= ''
    }),
  ),
  fault(
    'finish-twice',
    'stream.finish-once',
    'the finish is sent twice',
    onChatEvents((events) => {
      const at = finishAt(events)
      return insertAt(events, at, structuredClone(events[at] as StreamEvent))
    }),
  ),
  fault(
    'finish-on-usage-chunk',
    'stream.finish-once',
    'the usage chunk finishes the choice once more',
    onUsageChunk((chunk) => {
      chunk.choices = [{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }]
    }),
  ),
  fault(
    'content-after-finish',
    'stream.finish-last',
    'text follows the finish',
    onChatEvents((events) => insertAt(events, finishAt(events) + 1, chunkLike(first(events), { content: ' more' }))),
  ),
  fault(
    'finish-with-content',
    'stream.finish-own-chunk',
    'the finish comes with the last text',
    onChatEvents((events) => {
      const at = finishAt(events)
      const before = events[at - 1]
      if (!before || contentOf(before) === '') return
      before.data.choices[0].finish_reason = events[at]?.data.choices[0].finish_reason
      return events.filter((_, index) => index !== at)
    }),
  ),
  fault(
    'stream-length-as-stop',
    'stream.length-finish',
    'streams cut by the cap finish with stop',
    onFinish((entry) => {
      if (entry.finish_reason === 'length') entry.finish_reason = 'stop'
    }),
  ),
  fault(
    'no-done',
    'stream.done-sentinel',
    'the sentinel is not sent',
    onChatEvents((events) => events.filter((event) => !isDone(event))),
  ),
  fault(
    'done-lower-case',
    'stream.done-sentinel',
    'the sentinel is written in small letters',
    onChatEvents((events) => events.map((event) => (isDone(event) ? { data: '[done]' } : event))),
  ),
  fault(
    'done-quoted',
    'stream.done-sentinel',
    'the sentinel is a JSON string',
    onChatEvents((events) => events.map((event) => (isDone(event) ? { data: '"[DONE]"' } : event))),
  ),
  fault(
    'done-object',
    'stream.done-sentinel',
    'the sentinel is an object',
    onChatEvents((events) => events.map((event) => (isDone(event) ? { data: { done: true } } : event))),
  ),
  fault(
    'done-before-finish',
    'stream.done-sentinel',
    'the sentinel comes before the finish',
    onChatEvents((events) => {
      const rest = events.filter((event) => !isDone(event))
      return insertAt(rest, finishAt(rest), { data: '[DONE]' })
    }),
  ),
  fault(
    'stops-short',
    'stream.done-sentinel',
    'streams end in the middle as if they were complete',
    onWire(['chat-stream'], (wire) => {
      wire.pieces = wire.pieces.slice(0, Math.max(1, wire.pieces.length >> 1))
    }),
  ),
  fault(
    'double-done',
    'stream.nothing-after-done',
    'the sentinel is sent twice',
    onChatEvents((events) => [...events, { data: '[DONE]' }]),
  ),
  fault(
    'event-after-done',
    'stream.nothing-after-done',
    'an event follows the sentinel',
    onChatEvents((events) => [...events, chunkLike(first(events), {})]),
  ),
  fault(
    'usage-after-done',
    'stream.nothing-after-done',
    'the usage chunk follows the sentinel',
    moveUsage((rest, usage) => [...rest, usage]),
  ),
  fault(
    'include-usage-ignored',
    'stream.usage.on-request',
    'usage is never streamed',
    onChatRequest((body) => {
      if (body.stream === true && asked(body)) delete body.stream_options
    }),
  ),
  fault(
    'stream-usage-null',
    'stream.usage.on-request',
    'the usage chunk has null for usage',
    onUsageChunk((chunk) => {
      chunk.usage = null
    }),
  ),
  fault(
    'stream-usage-partial',
    'stream.usage.on-request',
    'the streamed usage lacks its total',
    onUsageChunk((chunk) => {
      delete chunk.usage.total_tokens
    }),
  ),
  fault(
    'stream-usage-zero',
    'stream.usage.on-request',
    'the streamed usage counts nothing',
    onUsageChunk((chunk) => {
      chunk.usage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }
    }),
  ),
  fault(
    'usage-on-finish',
    'stream.usage.own-chunk',
    'usage comes with the finish instead of on its own',
    moveUsage((rest, usage) => {
      const finish = rest[finishAt(rest)]
      if (finish) finish.data.usage = usage.data.usage
      return rest
    }),
  ),
  fault(
    'usage-chunk-with-choice',
    'stream.usage.own-chunk',
    'the usage chunk has an empty choice',
    onUsageChunk((chunk) => {
      chunk.choices = [{ index: 0, delta: {}, logprobs: null, finish_reason: null }]
    }),
  ),
  fault(
    'usage-first',
    'stream.usage.once-and-last',
    'the usage chunk comes before the text',
    moveUsage((rest, usage) => insertAt(rest, 1, usage)),
  ),
  fault(
    'usage-twice',
    'stream.usage.once-and-last',
    'the usage chunk is sent twice',
    onChatEvents((events) => events.flatMap((event) => (hasUsage(event) ? [event, structuredClone(event)] : [event]))),
  ),
  fault(
    'usage-on-every-chunk',
    'stream.usage.once-and-last',
    'every chunk has a usage',
    onChunk((chunk, _, chunks) => {
      const usage = chunks.find((other) => other.usage)?.usage
      if (usage) chunk.usage = usage
    }),
  ),
  fault(
    'usage-null-missing',
    'stream.usage.null-elsewhere',
    'chunks without usage do not say so',
    onChunk((chunk) => {
      if (chunk.usage === null) delete chunk.usage
    }),
  ),
  fault(
    'usage-unasked',
    'stream.usage.opt-in',
    'usage is streamed although nobody asked',
    onChatRequest((body) => {
      if (body.stream === true && !body.stream_options) body.stream_options = { include_usage: true }
    }),
  ),
  fault(
    'obfuscation-unwanted',
    'stream.obfuscation',
    'padding is sent although it was switched off',
    onChunk((chunk) => {
      chunk.obfuscation = 'x7Jq2mZ'
    }),
  ),
  fault(
    'error-mid-stream-flat',
    'errors.stream.mid-stream',
    'a stream that fails says so without the envelope',
    failing({ object: 'error', message: 'The engine stopped.', code: 500 }),
  ),
  fault(
    'error-mid-stream-string',
    'errors.stream.mid-stream',
    'a stream that fails holds an error that is a string',
    failing({ error: 'The engine stopped.' }, '[DONE]'),
  ),
  fault('error-mid-stream-text', 'errors.stream.mid-stream', 'a stream that fails ends in plain text', failing('Internal Server Error')),
  fault(
    'error-mid-stream-fake-finish',
    'errors.stream.no-fake-finish',
    'a stream that fails finishes with stop all the same',
    onChatEvents((events) => {
      const at = finishAt(events)
      const error = { data: { error: { message: 'The engine stopped.', type: 'server_error', param: null, code: null } } }
      return insertAt(
        events.filter((_, index) => index < 2 || index >= at),
        2,
        error,
      )
    }),
  ),
  fault(
    'stream-empty',
    'stream.done-sentinel',
    'streams have no event at all',
    onChatEvents(() => []),
  ),
  fault(
    'stream-only-done',
    'stream.finish-once',
    'streams hold nothing but the sentinel',
    onChatEvents((events) => events.filter(isDone)),
  ),
  fault(
    'stream-cap-ignored',
    'params.max-tokens',
    'caps are ignored when streaming',
    onChatRequest((body) => {
      if (body.stream === true && Number.isInteger(body.max_tokens)) delete body.max_tokens
    }),
  ),
  fault(
    'stream-text-empty',
    'chat.message.answer-on-stop',
    'streams finish with stop without any text',
    onSpeech((speech, call) => {
      if (call.json?.stream === true && speech.finish === 'stop' && call.target.endsWith('/completions')) speech.content = ''
    }),
  ),
]

function cumulative() {
  return onChatEvents((events) => {
    let text = ''
    for (const event of events) {
      const delta = event.data.choices?.[0]?.delta
      if (!delta?.content) continue
      text += delta.content
      delta.content = text
    }
  })
}
