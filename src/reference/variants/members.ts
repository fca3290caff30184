import type { Bend, Json } from '../exchange.ts'
import {
  finishAt,
  isDone,
  onAnswer,
  onChat,
  onChatEvents,
  onChunk,
  onEntry,
  onMessage,
  onSpokenCalls,
  onUsage,
  replies,
} from '../faults/stages.ts'
import { thinking, variant } from './variant.ts'

const detailed = (holder: Json, index: number): void => {
  if (!holder.reasoning_content) return
  holder.reasoning = holder.reasoning_content
  holder.reasoning_details = [{ type: 'reasoning.text', text: holder.reasoning_content, format: 'unknown', index }]
  delete holder.reasoning_content
}

const withTimings = (holder: Json): void => {
  holder.timings = { prompt_n: 1, prompt_ms: 12.5, prompt_per_second: 80, predicted_n: 2, predicted_ms: 20.25 }
}

/** Members that single vendors are known for, and values that the catalogue allows them. */
export const memberVariants: readonly Bend[] = [
  variant(
    'prompt-filter',
    'the first chunk tells the results of a content filter, and the choices theirs',
    onChatEvents((events) => [
      {
        data: {
          choices: [],
          created: 0,
          id: '',
          model: '',
          object: '',
          prompt_filter_results: [{ prompt_index: 0, content_filter_results: {} }],
        },
      },
      ...events,
    ]),
    onEntry((entry) => {
      entry.content_filter_results = {}
    }),
    onChat((body) => {
      body.prompt_filter_results = [{ prompt_index: 0, content_filter_results: {} }]
      for (const choice of body.choices) choice.content_filter_results = { hate: { filtered: false, severity: 'safe' } }
    }),
  ),
  variant(
    'timings',
    'replies tell how long they took, in members of their own',
    onChat(withTimings),
    onChatEvents((events) => {
      for (const event of events.slice(finishAt(events))) if (!isDone(event)) withTimings(event.data)
    }),
  ),
  variant(
    'vllm-members',
    'replies have the members of vLLM, most of them null',
    onChat((body) => {
      Object.assign(body, { prompt_logprobs: null, prompt_token_ids: null, kv_transfer_params: null, service_tier: null })
      for (const choice of body.choices) {
        Object.assign(choice, { stop_reason: null, token_ids: null })
        choice.message = {
          annotations: null,
          audio: null,
          function_call: null,
          tool_calls: [],
          reasoning: null,
          reasoning_content: null,
          ...choice.message,
        }
      }
    }),
    onEntry((entry) => {
      Object.assign(entry, { stop_reason: null, token_ids: null })
    }),
  ),
  variant(
    'number-stop-reason',
    'choices tell the token that stopped them',
    onEntry((entry) => {
      if (entry.finish_reason !== null) Object.assign(entry, { stop_reason: 151645, matched_stop: 151645 })
    }),
    onChat((body) => {
      for (const choice of body.choices) Object.assign(choice, { stop_reason: 151645, matched_stop: 151645 })
    }),
  ),
  thinking(
    'reasoning-details',
    'thoughts are in reasoning and, in parts, in reasoning_details',
    onMessage((message) => detailed(message, 0)),
    onEntry(({ delta }) => detailed(delta, 0)),
  ),
  variant(
    'odd-ids',
    'ids have unusual characters',
    onChat((body) => {
      body.id = `gen/${body.id}:β+=~ ${body.created}`
    }),
    onChunk((chunk) => {
      chunk.id = `gen/${chunk.id}:β+=~ ${chunk.created}`
    }),
    onSpokenCalls((calls) => {
      for (const call of calls) call.id = `tool.${call.id}|fc_${'0'.repeat(60)}-=`
    }),
  ),
  variant(
    'bare-uuid-ids',
    'ids have no prefix',
    onAnswer(replies, ({ body }) => {
      body.id = body.id.replace(/^[a-z]+[_-]/, '8f14e45f-ceea-467f-a0e6-')
    }),
    onChunk((chunk) => {
      chunk.id = chunk.id.replace(/^chatcmpl-/, '8f14e45f-ceea-467f-a0e6-')
    }),
  ),
  variant(
    'null-usage-details',
    'the details of usage are null',
    onUsage((usage) => {
      Object.assign(usage, { prompt_tokens_details: null, completion_tokens_details: null })
    }),
  ),
  variant(
    'cached-prompt',
    'part of the prompt was cached',
    onUsage((usage) => {
      usage.prompt_tokens_details = { cached_tokens: Math.max(0, usage.prompt_tokens - 1), audio_tokens: 0 }
    }),
  ),
  variant(
    'model-file',
    'replies name the file behind the model',
    onChat((body) => {
      body.model = `/models/${body.model}-q4_k_m.gguf`
    }),
    onChunk((chunk) => {
      chunk.model = `/models/${chunk.model}-q4_k_m.gguf`
    }),
  ),
  variant(
    'indexed-calls',
    'calls of a whole reply have an index too',
    onMessage((message) => {
      for (const [index, call] of (message.tool_calls ?? []).entries()) call.index = index
    }),
  ),
]
