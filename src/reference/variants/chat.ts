import type { Bend, Json } from '../exchange.ts'
import { onAnswer, onChat, onChatEvents, onChoice, onChunk, onEntry, onMessage, replies } from '../faults/stages.ts'
import { thinking, variant } from './variant.ts'

const renamed = (holder: Json): void => {
  if (holder.reasoning_content === undefined) return
  holder.reasoning = holder.reasoning_content
  delete holder.reasoning_content
}

const hidden = (holder: Json): void => {
  delete holder.reasoning_content
}

/** Members of a vendor's own, on every object. */
const extended = (value: Json, depth = 0): void => {
  if (typeof value !== 'object' || value === null || depth > 3) return
  for (const member of Object.values(value)) extended(member, depth + 1)
  if (!Array.isArray(value)) value.x_vendor = { note: 'extra', count: 1 }
}

const nulls = { function_call: null, audio: null, reasoning_content: null, annotations: null }

/** Legal shapes of chat replies. */
export const chatVariants: readonly Bend[] = [
  variant(
    'empty-tool-calls',
    'tool_calls is an empty list where there are none',
    onMessage((message) => {
      message.tool_calls ??= []
    }),
    onEntry(({ delta }) => {
      delta.tool_calls ??= []
    }),
  ),
  variant(
    'null-optionals',
    'optional members are null',
    onChat((body) => {
      Object.assign(body, { system_fingerprint: null, service_tier: null })
      for (const { message } of body.choices) Object.assign(message, { ...nulls, ...message })
    }),
    onChunk((chunk) => {
      Object.assign(chunk, { system_fingerprint: null, service_tier: null })
      for (const entry of chunk.choices)
        entry.delta = { content: null, refusal: null, tool_calls: null, function_call: null, reasoning_content: null, ...entry.delta }
    }),
  ),
  variant(
    'extra-members',
    'every object has members that no specification knows',
    onAnswer([...replies, 'models', 'model', 'error'], (answer) => extended(answer.body)),
    onChunk((chunk) => {
      extended({ choices: chunk.choices, usage: chunk.usage })
      chunk.x_vendor = 'extra'
    }),
  ),
  variant(
    'bare-members',
    'optional members are left out',
    onChat((body) => {
      delete body.system_fingerprint
      delete body.service_tier
      delete body.usage.prompt_tokens_details
    }),
    onChunk((chunk) => {
      delete chunk.system_fingerprint
      delete chunk.service_tier
      for (const entry of chunk.choices) if (entry.logprobs === null) delete entry.logprobs
    }),
  ),
  thinking(
    'reasoning-member',
    'thoughts are in the member reasoning',
    onMessage(renamed),
    onEntry(({ delta }) => renamed(delta)),
  ),
  thinking(
    'reasoning-both-members',
    'thoughts are in both members alike',
    onMessage((message) => {
      if (message.reasoning_content) message.reasoning = message.reasoning_content
    }),
    onEntry(({ delta }) => {
      if (delta.reasoning_content) delta.reasoning = delta.reasoning_content
    }),
  ),
  thinking(
    'hidden-reasoning',
    'thoughts are counted but not shown',
    onMessage(hidden),
    onChatEvents((events) => events.filter(({ data }) => data.choices?.[0]?.delta?.reasoning_content === undefined)),
  ),
  thinking(
    'null-content-while-thinking',
    'content is null next to thoughts',
    onEntry(({ delta }) => {
      if (delta.reasoning_content) delta.content = null
    }),
  ),
  variant(
    'role-with-content',
    'the role comes with the first text',
    onChatEvents((events) => {
      const [first, second, ...rest] = events
      if (!first || !second?.data.choices?.[0]?.delta.content) return
      second.data.choices[0].delta = { ...first.data.choices[0].delta, ...second.data.choices[0].delta }
      return [second, ...rest]
    }),
  ),
  variant(
    'call-with-role',
    'the role comes with the first call',
    onChatEvents((events) => {
      const [first, second, ...rest] = events
      if (!first || !second?.data.choices?.[0]?.delta.tool_calls) return
      second.data.choices[0].delta = { ...first.data.choices[0].delta, ...second.data.choices[0].delta }
      return [second, ...rest]
    }),
  ),
  variant(
    'empty-id-and-name-later',
    'later deltas of a call have an empty id and name',
    onEntry(({ delta }) => {
      for (const call of delta.tool_calls ?? []) {
        if (call.id !== undefined) continue
        call.id = ''
        call.function.name = ''
      }
    }),
  ),
  variant(
    'arguments-with-head',
    'a call starts with the beginning of its arguments',
    onChatEvents((events) => {
      let head: Json
      return events.filter(({ data }) => {
        const call = data.choices?.[0]?.delta?.tool_calls?.[0]
        if (!call) return true
        if (call.id !== undefined) head = call
        else if (head) {
          head.function.arguments = call.function.arguments
          head = undefined
          return false
        }
        return true
      })
    }),
  ),
  variant('content-beside-calls', 'a sentence stands beside the calls', {
    speech: (speech) => {
      if (speech.calls.length > 0 && speech.finish === 'tool_calls') speech.content = 'I will look that up.'
    },
  }),
  variant(
    'named-choice-stops',
    'a named choice finishes with stop',
    onChoice((choice, call) => {
      if (call.json?.tool_choice?.type === 'function') choice.finish_reason = 'stop'
    }),
  ),
  variant(
    'empty-arguments',
    'calls without parameters have empty arguments',
    onMessage((message) => {
      for (const call of message.tool_calls ?? []) if (call.function.arguments === '{}') call.function.arguments = ''
    }),
  ),
  variant('uuid-tool-ids', 'ids of calls have another form', {
    speech: (speech) => {
      for (const call of speech.calls) call.id = `functions.${call.name}:${call.id.slice(-4)}`
    },
  }),
  variant(
    'dated-model',
    'replies name the snapshot behind the model',
    onChat((body) => {
      body.model = `${body.model}-2026-01-01`
    }),
    onChunk((chunk) => {
      chunk.model = `${chunk.model}-2026-01-01`
    }),
  ),
]
