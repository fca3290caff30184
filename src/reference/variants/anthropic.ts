import type { Bend, Json, Stages, StreamEvent } from '../exchange.ts'
import { onAnswer, onCall } from '../faults/stages.ts'
import { thinking, variant } from './variant.ts'

const onMessage = (bend: (message: Json) => void): Stages => onAnswer(['message'], (answer) => bend(answer.body))

const onEvents = (bend: (events: StreamEvent[]) => StreamEvent[]): Stages => ({
  events: (events, _, kind) => (kind === 'message-stream' ? bend(events) : undefined),
})

const named = (data: Json): StreamEvent => ({ event: data.type, data })

const cacheCounts = { cache_creation_input_tokens: 0, cache_read_input_tokens: 0, cache_creation: { ephemeral_5m_input_tokens: 0 } }

/** What the documentation of the Messages API allows, and what servers of it do. */
export const anthropicVariants: readonly Bend[] = [
  variant(
    'messages-absent',
    'there is no Messages endpoint',
    onCall((call) => {
      if (call.target.startsWith('/v1/messages')) call.target = '/v1/no-messages'
    }),
  ),
  variant(
    'messages-pings',
    'pings come anywhere, first and last included',
    onEvents((events) => [...events.flatMap((event) => [named({ type: 'ping' }), event]), named({ type: 'ping' })].slice(0, -1)),
  ),
  variant(
    'messages-unknown-types',
    'streams have events and deltas of types that are not known yet',
    onEvents((events) =>
      events.flatMap((event) => {
        if (event.data.type !== 'content_block_stop') return [event]
        const { index } = event.data
        return [
          named({ type: 'content_block_delta', index, delta: { type: 'zz_delta', zz: 1 } }),
          event,
          named({ type: 'zz_event', message: 'later versions know this' }),
        ]
      }),
    ),
  ),
  variant(
    'messages-cache-members',
    'usage tells of caches, tiers and tools of the server',
    onMessage((message) => {
      Object.assign(message.usage, cacheCounts, { service_tier: 'standard', server_tool_use: null, inference_geo: 'not_available' })
    }),
    onEvents((events) => {
      for (const { data } of events) {
        if (data.type === 'message_start') Object.assign(data.message.usage, cacheCounts, { service_tier: 'standard' })
        if (data.type === 'message_delta')
          Object.assign(data.usage, { input_tokens: 20, cache_read_input_tokens: null, server_tool_use: null })
      }
      return events
    }),
  ),
  variant(
    'messages-null-members',
    'members of later versions are null',
    onMessage((message) => {
      Object.assign(message, { container: null, context_management: null, stop_details: null })
      for (const block of message.content) if (block.type === 'text') block.citations = null
    }),
    onEvents((events) => {
      for (const { data } of events) if (data.type === 'message_delta') Object.assign(data.delta, { container: null, stop_details: null })
      return events
    }),
  ),
  variant(
    'messages-two-deltas',
    'message_delta comes twice, and the first does not tell a reason yet',
    onEvents((events) =>
      events.flatMap((event) =>
        event.data.type === 'message_delta'
          ? [named({ ...event.data, delta: { stop_reason: null, stop_sequence: null } }), event]
          : [event],
      ),
    ),
  ),
  variant(
    'messages-empty-text',
    'an empty block of text stands before the others',
    onMessage((message) => {
      message.content = [{ type: 'text', text: '' }, ...message.content]
    }),
    onEvents((events) => {
      for (const { data } of events) if (data.index !== undefined) data.index += 1
      const block = [
        named({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
        named({ type: 'content_block_stop', index: 0 }),
      ]
      return [events[0] as StreamEvent, ...block, ...events.slice(1)]
    }),
  ),
  variant(
    'messages-whole-blocks',
    'each block comes in one delta',
    onEvents((events) => {
      const first = new Map<string, Json>()
      return events.filter(({ data }) => {
        if (data.type !== 'content_block_delta') return true
        const key = `${data.index} ${data.delta.type}`
        const before = first.get(key)
        if (!before) {
          first.set(key, data.delta)
          return true
        }
        for (const name of ['text', 'thinking', 'partial_json']) if (data.delta[name] !== undefined) before[name] += data.delta[name]
        return false
      })
    }),
  ),
  variant(
    'messages-fail-midway',
    'a long stream breaks off with an error of the native form',
    onEvents((events) =>
      events.length < 12
        ? events
        : [...events.slice(0, 6), named({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } })],
    ),
  ),
  variant(
    'messages-many-ids',
    'ids have other prefixes, and names of models a date',
    onMessage((message) => {
      message.id = 'chatcmpl-5f2b0c7e'
      message.model = `${message.model}-20260101`
    }),
  ),
  thinking(
    'messages-redacted',
    'thoughts come encrypted',
    onEvents((events) =>
      events.flatMap((event) => {
        const { data } = event
        if (data.content_block?.type === 'thinking') data.content_block = { type: 'redacted_thinking', data: 'RW5jcnlwdGVk' }
        return /^(thinking|signature)_delta$/.test(data.delta?.type ?? '') ? [] : [event]
      }),
    ),
  ),
]
