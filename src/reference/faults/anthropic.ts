import type { Answer, Call, Fault, Json, Kind, Stages, StreamEvent } from '../exchange.ts'
import { isMessagesCall } from '../messages.ts'
import { errorAnswer } from '../refusal.ts'
import { tokensOf } from '../tokens.ts'
import { fault, onAnswer, onCall, onWire } from './stages.ts'

const onMessage = (bend: (message: Json, call: Call) => void): Stages => onAnswer(['message'], (answer, call) => bend(answer.body, call))

const onBlocks = (type: string, bend: (block: Json) => void): Stages =>
  onMessage(({ content }) => {
    for (const block of content) if (block.type === type) bend(block)
  })

const onRefusal = (about: string, bend: (answer: Answer, body: Json) => void): Stages =>
  onAnswer(['message-error'], (answer) => {
    if (answer.about.startsWith(about)) bend(answer, answer.body)
  })

const refusedWith = (about: string, status: number): Stages =>
  onRefusal(about, (answer) => {
    answer.status = status
  })

/** A request before it is validated; an answer given back is final. */
const onRequest = (bend: (body: Json, call: Call) => Answer | undefined): Stages => ({
  request: (body, call) => (isMessagesCall(call) ? (bend(body, call) ?? undefined) : undefined),
})

const onEvents = (bend: (events: StreamEvent[]) => StreamEvent[] | undefined): Stages => ({
  events: (events, _, kind: Kind) => (kind === 'message-stream' ? (bend(events) ?? undefined) : undefined),
})

const on = (type: string, bend: (data: Json, event: StreamEvent) => void): Stages =>
  onEvents((events) => {
    for (const event of events) if (event.data.type === type) bend(event.data, event)
    return undefined
  })

const without = (...types: readonly string[]): Stages => onEvents((events) => events.filter(({ data }) => !types.includes(data.type)))

/** The same in a message and at the end of a stream. */
const onReason = (bend: (holder: Json) => void): Stages => ({
  ...onMessage(bend),
  ...on('message_delta', ({ delta }) => bend(delta)),
})

const set = (name: string, value: unknown): Stages =>
  onMessage((message) => {
    message[name] = value
  })

const unset = (name: string): Stages =>
  onMessage((message) => {
    delete message[name]
  })

const foreign: Readonly<Record<string, string>> = { end_turn: 'stop', max_tokens: 'length', tool_use: 'tool_calls', stop_sequence: 'stop' }

const named = (data: Json): StreamEvent => ({ event: data.type, data })

const fragmentsOf = (events: readonly StreamEvent[]): StreamEvent[] => events.filter(({ data }) => data.delta?.type === 'input_json_delta')

/** The Messages API, bent where its clients would notice. */
export const anthropicFaults: readonly Fault[] = [
  fault('native-message-type-missing', 'anthropic.message', 'messages do not say what they are', unset('type')),
  fault('native-message-as-chat', 'anthropic.message', 'messages come as chat completions', {
    answer: (answer) => {
      if (answer.kind !== 'message') return
      const content = answer.body.content.map((block: Json) => block.text ?? '').join('')
      const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop', logprobs: null }]
      answer.body = { id: 'chatcmpl-1', object: 'chat.completion', created: 1_770_000_000, model: answer.body.model, choices }
    },
  }),
  fault('native-message-id-missing', 'anthropic.message', 'messages have no id', unset('id')),
  fault('native-message-role-user', 'anthropic.message', 'messages are those of the user', set('role', 'user')),
  fault('native-message-model-missing', 'anthropic.message', 'messages do not name their model', unset('model')),
  fault(
    'native-message-content-text',
    'anthropic.message',
    'the content of messages is plain text',
    onMessage((message) => {
      if (message.stop_reason !== 'tool_use') message.content = message.content.map((block: Json) => block.text ?? '').join('')
    }),
  ),
  fault(
    'native-message-content-empty',
    'anthropic.message',
    'long messages have no content',
    onMessage((message) => {
      if (message.stop_reason === 'end_turn') Object.assign(message, { content: [], usage: { ...message.usage, output_tokens: 12 } })
    }),
  ),
  fault(
    'native-message-text-unnamed',
    'anthropic.message',
    'blocks of text have their text under another name',
    onBlocks('text', (block) => {
      block.value = block.text
      delete block.text
    }),
  ),
  fault(
    'native-message-reason-foreign',
    'anthropic.message',
    'messages stop for the reasons of chat completions',
    onReason((holder) => {
      holder.stop_reason = foreign[holder.stop_reason] ?? holder.stop_reason
    }),
  ),
  fault('native-message-reason-null', 'anthropic.message', 'the reason why a message stopped is null', set('stop_reason', null)),
  fault('native-message-reason-missing', 'anthropic.message', 'messages do not say why they stopped', unset('stop_reason')),
  fault('native-message-sequence-missing', 'anthropic.message', 'messages have no stop_sequence', unset('stop_sequence')),
  fault(
    'native-message-sequence-null',
    'anthropic.message',
    'the sequence that stopped a message is not told',
    onReason((holder) => {
      holder.stop_sequence = null
    }),
  ),
  fault('native-message-usage-missing', 'anthropic.message', 'messages have no usage', unset('usage')),
  fault(
    'native-message-usage-foreign',
    'anthropic.message',
    'the tokens of messages have the names of chat completions',
    onMessage((message) => {
      const { input_tokens: prompt_tokens, output_tokens: completion_tokens } = message.usage
      message.usage = { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens }
    }),
  ),
  fault(
    'native-message-usage-zero',
    'anthropic.message',
    'the tokens of a prompt are counted as zero',
    onMessage((message) => {
      message.usage.input_tokens = 0
    }),
  ),
  fault(
    'native-message-start-content-null',
    'anthropic.message',
    'streamed messages start with content null',
    on('message_start', ({ message }) => {
      message.content = null
    }),
  ),

  fault('native-id-missing', 'anthropic.headers', 'answers have no request-id', {
    answer: (answer) => {
      delete answer.headers['request-id']
    },
  }),
  fault(
    'native-key-unread',
    'anthropic.headers',
    'the header x-api-key is not read',
    onCall((call) => {
      if (isMessagesCall(call) && call.headers['x-api-key'] !== undefined) call.key = 'missing'
    }),
  ),
  fault(
    'native-version-refused',
    'anthropic.headers',
    'the version that clients name is refused once',
    onCall((call) => {
      if (!isMessagesCall(call) || call.memory.has('version')) return undefined
      if (call.headers['x-api-key'] === undefined) return undefined
      call.memory.set('version', true)
      return errorAnswer(`anthropic-version: "${call.headers['anthropic-version']}" is not a valid version`, { about: 'anthropic-version' })
    }),
  ),

  fault(
    'native-cap-optional',
    'anthropic.max-tokens',
    'a request without a cap is served',
    onRequest((body) => {
      body.max_tokens ??= 4096
    }),
  ),
  fault('native-cap-missing-422', 'anthropic.max-tokens', 'a request without a cap is answered 422', refusedWith('max_tokens', 422)),
  fault(
    'native-cap-ignored',
    'anthropic.max-tokens',
    'a small cap is not obeyed',
    onRequest((body) => {
      if (body.max_tokens < 16) body.max_tokens = 4096
    }),
  ),
  fault(
    'native-cut-untold',
    'anthropic.max-tokens',
    'a cut message says that it came to its end',
    onReason((holder) => {
      if (holder.stop_reason === 'max_tokens') holder.stop_reason = 'end_turn'
    }),
  ),

  fault(
    'native-input-text',
    'anthropic.tools',
    'the input of a tool is text that holds JSON',
    onBlocks('tool_use', (block) => {
      block.input = JSON.stringify(block.input)
    }),
  ),
  fault(
    'native-use-id-missing',
    'anthropic.tools',
    'the uses of tools have no id',
    onBlocks('tool_use', (block) => {
      delete block.id
    }),
  ),
  fault(
    'native-use-id-empty',
    'anthropic.tools',
    'the uses of tools have an empty id in streams',
    on('content_block_start', ({ content_block: block }) => {
      if (block.type === 'tool_use') block.id = ''
    }),
  ),
  fault(
    'native-use-id-repeated',
    'anthropic.tools',
    'all uses of tools have the same id in streams',
    on('content_block_start', ({ content_block: block }) => {
      if (block.type === 'tool_use') block.id = 'toolu_same'
    }),
  ),
  fault(
    'native-use-renamed',
    'anthropic.tools',
    'tools are used under a name of the server',
    onBlocks('tool_use', (block) => {
      block.name = `functions.${block.name}`
    }),
  ),
  fault(
    'native-use-end-turn',
    'anthropic.tools',
    'a message that uses a tool says that its turn has ended',
    onReason((holder) => {
      if (holder.stop_reason === 'tool_use') holder.stop_reason = 'end_turn'
    }),
  ),
  fault(
    'native-use-beside-content',
    'anthropic.tools',
    'uses of tools stand beside the content',
    onMessage((message) => {
      if (message.stop_reason !== 'tool_use') return
      message.tool_calls = message.content
      message.content = []
    }),
  ),
  fault(
    'native-choice-ignored',
    'anthropic.tools',
    'a tool that must be used is not used',
    onRequest((body) => {
      if (body.tool_choice?.type === 'tool') body.tool_choice = { type: 'none' }
    }),
  ),
  fault(
    'native-result-refused',
    'anthropic.tools',
    'results of tools are refused',
    onRequest((body) => {
      const last = Array.isArray(body.messages) ? body.messages.at(-1)?.content : undefined
      const brings = Array.isArray(last) && last.some((block: Json) => block.type === 'tool_result')
      return brings ? errorAnswer("messages: blocks of type 'tool_result' are not supported.", { param: 'messages' }) : undefined
    }),
  ),

  fault(
    'native-error-foreign',
    'anthropic.errors',
    'refusals have the envelope of OpenAI',
    onRefusal('', (answer, { error }) => {
      answer.body = { error: { ...error, param: null, code: null } }
    }),
  ),
  fault(
    'native-error-text',
    'anthropic.errors',
    'refusals are plain text',
    onRefusal('', (answer, { error }) => {
      answer.headers['content-type'] = 'text/plain'
      answer.body = error.message
    }),
  ),
  fault(
    'native-error-string',
    'anthropic.errors',
    'the error is a text and no object',
    onRefusal('', (answer, body) => {
      answer.body = { ...body, error: body.error.message }
    }),
  ),
  fault(
    'native-error-type-missing',
    'anthropic.errors',
    'errors have no type',
    onRefusal('', (_, { error }) => {
      delete error.type
    }),
  ),
  fault(
    'native-error-message-empty',
    'anthropic.errors',
    'errors have an empty message',
    onRefusal('', (_, { error }) => {
      error.message = ''
    }),
  ),
  fault(
    'native-error-type-other',
    'anthropic.errors',
    'every error is an api_error',
    onRefusal('', (_, { error }) => {
      error.type = 'api_error'
    }),
  ),
  fault('native-messages-422', 'anthropic.errors', 'a request without messages is answered 422', refusedWith('messages', 422)),
  fault('native-messages-500', 'anthropic.errors', 'a request without messages is answered 500', refusedWith('messages', 500)),
  fault(
    'native-messages-served',
    'anthropic.errors',
    'a request without messages is served',
    onRequest((body) => {
      body.messages ??= [{ role: 'user', content: 'Hello' }]
    }),
  ),
  fault('native-model-400', 'anthropic.errors', 'an unknown model is answered 400', refusedWith('model', 400)),
  fault('native-key-403', 'anthropic.errors', 'a wrong key is answered 403', refusedWith('key', 403)),
  fault(
    'native-failure-foreign',
    'anthropic.errors',
    'a stream fails with the error of OpenAI',
    onEvents((events) => [
      ...events.slice(0, 4),
      { data: { error: { message: 'The engine is overloaded.', type: 'overloaded_error', param: null, code: null } } },
    ]),
  ),

  fault('native-not-streamed', 'anthropic.stream.order', 'a stream is answered with one message', {
    request: (body, call) => {
      if (isMessagesCall(call) && body.stream === true) body.stream = false
      return undefined
    },
  }),
  fault('native-start-missing', 'anthropic.stream.order', 'streams begin without message_start', without('message_start')),
  fault('native-block-start-missing', 'anthropic.stream.order', 'blocks are not started', without('content_block_start')),
  fault('native-block-stop-missing', 'anthropic.stream.order', 'blocks are not stopped', without('content_block_stop')),
  fault('native-delta-missing', 'anthropic.stream.order', 'streams end without message_delta', without('message_delta')),
  fault('native-stop-missing', 'anthropic.stream.order', 'streams end without message_stop', without('message_stop')),
  fault(
    'native-stop-twice',
    'anthropic.stream.order',
    'message_stop comes twice',
    onEvents((events) => [...events, named({ type: 'message_stop' })]),
  ),
  fault(
    'native-start-twice',
    'anthropic.stream.order',
    'message_start comes twice',
    onEvents((events) => [events[0] as StreamEvent, ...events]),
  ),
  fault(
    'native-delta-early',
    'anthropic.stream.order',
    'message_delta comes before the last block has stopped',
    onEvents((events) => {
      const at = events.findLastIndex(({ data }) => data.type === 'content_block_stop')
      const end = events.findIndex(({ data }) => data.type === 'message_delta')
      if (at < 0) return undefined
      return [...events.slice(0, at), events[end] as StreamEvent, events[at] as StreamEvent, ...events.slice(end + 1)]
    }),
  ),
  fault(
    'native-stream-cut',
    'anthropic.stream.order',
    'streams break off before their end',
    onWire(['message-stream'], (wire) => {
      wire.pieces = wire.pieces.slice(0, -2)
      wire.end = 'cut'
    }),
  ),
  fault(
    'native-blocks-interleaved',
    'anthropic.stream.order',
    'all blocks are started before the first is filled',
    onEvents((events) => {
      const starts = events.filter(({ data }) => data.type === 'content_block_start')
      const rest = events.slice(1).filter((event) => !starts.includes(event))
      return [events[0] as StreamEvent, ...starts, ...rest]
    }),
  ),

  fault(
    'native-events-unnamed',
    'anthropic.stream.names-and-index',
    'events have no name',
    onEvents((events) => events.map(({ data }) => ({ data }))),
  ),
  fault(
    'native-events-misnamed',
    'anthropic.stream.names-and-index',
    'all events have the name message',
    onEvents((events) => events.map(({ data }) => ({ event: 'message', data }))),
  ),
  fault(
    'native-done',
    'anthropic.stream.names-and-index',
    'streams end with the sentinel of chat completions',
    onEvents((events) => [...events, { data: '[DONE]' }]),
  ),
  fault(
    'native-index-from-one',
    'anthropic.stream.names-and-index',
    'blocks are counted from 1',
    onEvents((events) => {
      for (const { data } of events) if (data.index !== undefined) data.index += 1
      return events
    }),
  ),
  fault(
    'native-index-missing',
    'anthropic.stream.names-and-index',
    'deltas do not say which block they belong to',
    on('content_block_delta', (data) => {
      delete data.index
    }),
  ),
  fault(
    'native-index-gap',
    'anthropic.stream.names-and-index',
    'a number is left out between two blocks',
    onEvents((events) => {
      for (const { data } of events) if (data.index > 0) data.index += 1
      return events
    }),
  ),
  fault(
    'native-index-other',
    'anthropic.stream.names-and-index',
    'deltas of later blocks are counted as those of the first',
    on('content_block_delta', (data) => {
      data.index = 0
    }),
  ),
  fault(
    'native-type-missing',
    'anthropic.stream.names-and-index',
    'the data of events does not tell their type',
    onEvents((events) => {
      for (const { data } of events) delete data.type
      return events
    }),
  ),

  fault(
    'native-fragment-lost',
    'anthropic.stream.deltas',
    'the last fragment of an input is lost',
    onEvents((events) => {
      const last = fragmentsOf(events).at(-1)
      return events.filter((event) => event !== last)
    }),
  ),
  fault(
    'native-fragments-whole',
    'anthropic.stream.deltas',
    'every fragment repeats the input so far',
    onEvents((events) => {
      let whole = ''
      for (const { data } of fragmentsOf(events)) {
        whole += data.delta.partial_json
        data.delta.partial_json = whole
      }
      return events
    }),
  ),
  fault(
    'native-input-at-start',
    'anthropic.stream.deltas',
    'the input of a tool comes whole, at the start of its block',
    onEvents((events) => {
      const fragments = fragmentsOf(events)
      const whole = fragments.map(({ data }) => data.delta.partial_json).join('')
      for (const { data } of events) if (data.content_block?.type === 'tool_use') data.content_block.input = JSON.parse(whole)
      return events.filter((event) => !fragments.includes(event))
    }),
  ),
  fault(
    'native-input-never',
    'anthropic.stream.deltas',
    'the input of a tool never comes',
    onEvents((events) => events.filter((event) => !fragmentsOf(events).includes(event))),
  ),
  fault(
    'native-input-twice-encoded',
    'anthropic.stream.deltas',
    'the fragments join to text that holds JSON',
    onEvents((events) => {
      const fragments = fragmentsOf(events)
      const whole = JSON.stringify(fragments.map(({ data }) => data.delta.partial_json).join(''))
      const parts = tokensOf(whole)
      for (const [index, { data }] of fragments.entries())
        data.delta.partial_json = index === fragments.length - 1 ? parts.slice(index).join('') : (parts[index] ?? '')
      return events
    }),
  ),
  fault(
    'native-input-as-text',
    'anthropic.stream.deltas',
    'the input of a tool comes in deltas of text',
    onEvents((events) => {
      for (const { data } of fragmentsOf(events)) data.delta = { type: 'text_delta', text: data.delta.partial_json }
      return events
    }),
  ),
  fault(
    'native-delta-untyped',
    'anthropic.stream.deltas',
    'deltas have no type',
    on('content_block_delta', ({ delta }) => {
      delete delta.type
    }),
  ),
  fault(
    'native-reason-untold',
    'anthropic.stream.deltas',
    'message_delta does not tell why the message stopped',
    on('message_delta', ({ delta }) => {
      delta.stop_reason = null
    }),
  ),
  fault(
    'native-count-missing',
    'anthropic.stream.deltas',
    'message_delta has no usage',
    on('message_delta', (data) => {
      delete data.usage
    }),
  ),
  fault(
    'native-count-zero',
    'anthropic.stream.deltas',
    'message_delta counts no tokens',
    on('message_delta', ({ usage }) => {
      usage.output_tokens = 0
    }),
  ),
  fault(
    'native-count-last',
    'anthropic.stream.deltas',
    'message_delta counts the last piece only',
    on('message_delta', ({ usage }) => {
      usage.output_tokens = 1
    }),
  ),
]
