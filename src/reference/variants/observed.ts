import type { Bend, Json, SpokenCall, Stages } from '../exchange.ts'
import {
  onAnswer,
  onChatEvents,
  onChatRequest,
  onEntry,
  onMessage,
  onMessages,
  onModels,
  onPieces,
  onSpokenCalls,
} from '../faults/stages.ts'
import { errorAnswer } from '../refusal.ts'
import { thinking, variant } from './variant.ts'

const assistants = (body: Json): Json[] =>
  Array.isArray(body.messages) ? body.messages.filter((message: Json) => message?.role === 'assistant') : []

/** Refuses histories in the words of the servers that do. */
const refusesHistory = (when: (message: Json) => boolean, words: string): Stages =>
  onChatRequest((body) => (assistants(body).some(when) ? errorAnswer(words) : undefined))

const renamed =
  (name: string | undefined) =>
  (holder: Json): void => {
    if (holder.reasoning_content === undefined) return
    if (name !== undefined) holder[name] = holder.reasoning_content
    delete holder.reasoning_content
  }

/** Thoughts under another name, or under none. */
const carriedAs = (name: string | undefined): readonly Stages[] => [
  onMessage(renamed(name)),
  name === undefined
    ? onChatEvents((events) => events.filter(({ data }) => data.choices?.[0]?.delta?.reasoning_content === undefined))
    : onEntry(({ delta }) => renamed(name)(delta)),
]

const isCarrying = (message: Json): boolean => message.reasoning_content !== undefined || message.reasoning !== undefined

const switches: Readonly<Record<string, (body: Json) => boolean>> = {
  reasoning_effort: (body) => body.reasoning_effort === 'none',
  thinking: (body) => body.thinking?.type === 'disabled',
  enable_thinking: (body) => body.enable_thinking === false,
  chat_template_kwargs: (body) => body.chat_template_kwargs?.enable_thinking === false,
  reasoning: (body) => body.reasoning?.enabled === false,
}

/** Of all switches only this one stops the thoughts; the others are read over. */
const switched = (name: string): Stages =>
  onChatRequest((body) => {
    const isOff = switches[name]?.(body)
    for (const [other, isOther] of Object.entries(switches)) if (isOther(body)) delete body[other]
    if (isOff) body.reasoning_effort = 'none'
  })

/** Ids of another form, the same for the same call. */
const idsLike = (form: (digits: string, call: SpokenCall) => string): Stages =>
  onSpokenCalls((calls) => {
    for (const call of calls) call.id = form(call.id.replace(/\D/g, '').padStart(12, '0'), call)
  })

/** The window of listed models under another name; without a holder for it, under none. */
const windowAs = (put: (entry: Json, length: number) => void): Stages =>
  onModels((body) => {
    for (const entry of body.data) {
      const { context_length: length } = entry
      delete entry.context_length
      if (length !== undefined) put(entry, length)
    }
  })

const isStrict = (message: Json): boolean => message.tool_calls?.every?.((call: Json) => /^[A-Za-z0-9]{9}$/.test(call?.id)) !== false

/** What real servers do where they contradict each other; each shows one value of an observation. */
export const observedVariants: readonly Bend[] = [
  thinking(
    'reasoning-must-return',
    'tool loops go on only with the thoughts that led to the call',
    refusesHistory(
      (message) => message.tool_calls && !message.reasoning_content,
      'The `reasoning_content` in the thinking mode must be passed back to the API.',
    ),
  ),
  thinking(
    'reasoning-must-not-return',
    'thoughts are not shown, and refused in the history',
    ...carriedAs(undefined),
    refusesHistory(isCarrying, "property 'messages.1.assistant.reasoning_content' is unsupported"),
  ),
  thinking(
    'reasoning-returns-by-name',
    'thoughts are shown in reasoning, and taken back under that name only',
    ...carriedAs('reasoning'),
    refusesHistory((message) => message.reasoning_content !== undefined, "property 'reasoning_content' is unsupported"),
  ),
  thinking('reasoning-own-name', 'thoughts are under a name of their own', ...carriedAs('reasoning_text')),
  ...Object.keys(switches).map((name) =>
    thinking(`off-by-${name.replaceAll('_', '-')}`, `of the usual switches only ${name} stops the thoughts`, switched(name)),
  ),
  variant(
    'chatcmpl-tool-ids',
    'ids of calls have the form of vLLM',
    idsLike((digits) => `chatcmpl-tool-${digits.padStart(32, 'a')}`),
  ),
  variant(
    'toolu-ids',
    'ids of calls have the form of Anthropic',
    idsLike((digits) => `toolu_01${digits.padStart(22, 'A')}`),
  ),
  variant(
    'dashed-uuid-ids',
    'ids of calls are UUIDs',
    idsLike((digits) => `8f14e45f-ceea-467f-a0e6-${digits}`),
  ),
  variant(
    'nine-letter-ids',
    'ids of calls are nine letters and digits, and no others are taken',
    idsLike((digits) => `c${digits.slice(-8)}`),
    refusesHistory((message) => !isStrict(message), 'Tool call IDs should be alphanumeric strings with length 9!'),
  ),
  variant(
    'opening-without-content',
    'the first chunk has a role and nothing else',
    onChatEvents((events) => {
      const delta = events[0]?.data.choices?.[0]?.delta
      if (delta?.content === '') delete delta.content
      return events
    }),
  ),
  variant(
    'tool-images-taken',
    'results of tools may hold images',
    onMessages((messages) =>
      messages.map((message) =>
        message?.role === 'tool' && Array.isArray(message.content)
          ? { ...message, content: message.content.map((part: Json) => (part?.type === 'image_url' ? { type: 'text', text: ' ' } : part)) }
          : message,
      ),
    ),
  ),
  ...['max_model_len', 'context_window', 'max_context_length', 'max_input_tokens'].map((name) =>
    variant(
      `window-as-${name.replaceAll('_', '-')}`,
      `the list of models tells the window in ${name}`,
      windowAs((entry, length) => {
        entry[name] = length
      }),
    ),
  ),
  ...['n_ctx', 'n_ctx_train'].map((name) =>
    variant(
      `window-as-meta-${name.replaceAll('_', '-')}`,
      `the list of models tells the window in meta, as ${name}`,
      windowAs((entry, length) => {
        entry.meta = { [name]: length, size: 4_683_073_184 }
      }),
    ),
  ),
  variant(
    'list-without-window',
    'the list of models tells no window',
    windowAs(() => undefined),
  ),
  variant(
    'error-type-outside',
    'errors say error at the top, beside the object',
    onAnswer(['error'], ({ body }) => {
      if (body?.error) Object.assign(body, { type: 'error', request_id: 'req_011CSHoEeqs5C35K2UUqR7Fy' })
    }),
  ),
  variant(
    'crlf-and-ids',
    'lines end with CR LF, and events have id lines',
    onPieces(['chat-stream', 'response-stream'], (text, index) => `id: ${index}\n${text}`.replaceAll('\n', '\r\n')),
  ),
]
