import type { Fault, Json, SpokenCall } from '../exchange.ts'
import { fault, onChat, onChatRequest, onChoice, onEntry, onMessages, onSpeech, refusesChat } from './stages.ts'

const without = (...names: readonly string[]) =>
  onChatRequest((body) => {
    for (const name of names) if (validCap(body[name])) delete body[name]
  })

/** Only values that validation would let pass are taken away: the fault is to ignore them, not to accept nonsense. */
const validCap = (value: unknown): boolean => typeof value === 'number' && Number.isInteger(value) && value > 0

const each = (messages: Json[], bend: (message: Json) => void): Json[] => {
  for (const message of messages) if (typeof message === 'object' && message !== null) bend(message)
  return messages
}

const isRole =
  (role: string) =>
  (message: Json): boolean =>
    message?.role === role

const dropped = (role: string) =>
  onMessages((messages) => (messages.every(isRole(role)) ? messages : messages.filter((message) => !isRole(role)(message))))

const plain = (text: string): string => text.replace(/[^\x00-\x7f]/gu, '?')

const stopWords = (body: Json): string[] => (typeof body?.stop === 'string' ? [body.stop] : (body?.stop ?? []))

const _allText = (speech: { content: string | null; calls: SpokenCall[] }): boolean => speech.content !== null && speech.calls.length === 0

/** Parameters that are ignored or misread, and messages that do not reach the model. */
export const paramFaults: readonly Fault[] = [
  fault('cap-ignored', 'params.max-tokens', 'caps under either name are ignored', without('max_tokens', 'max_completion_tokens')),
  fault('max-tokens-ignored', 'params.max-tokens', 'max_tokens is ignored', without('max_tokens')),
  fault(
    'max-completion-tokens-ignored',
    'params.max-completion-tokens',
    'max_completion_tokens is ignored',
    without('max_completion_tokens'),
  ),
  fault(
    'max-completion-tokens-refused',
    'params.max-completion-tokens',
    'max_completion_tokens is refused',
    refusesChat((body) => 'max_completion_tokens' in body, 'max_completion_tokens'),
  ),
  fault(
    'length-as-stop',
    'params.length-finish',
    'replies cut by the cap finish with stop',
    onSpeech((speech, call) => {
      if (speech.finish === 'length' && call.json?.stream !== true && call.target.endsWith('/completions')) speech.finish = 'stop'
    }),
  ),
  fault(
    'length-as-other-name',
    'params.length-finish',
    'replies cut by the cap finish with content_filter',
    onSpeech((speech, call) => {
      if (speech.finish === 'length' && call.target.endsWith('/completions')) speech.finish = 'content_filter'
    }),
  ),
  fault(
    'default-cap',
    'params.default-length',
    'without a cap the answer ends after sixteen tokens',
    onChatRequest((body) => {
      if (body.max_tokens === undefined && body.max_completion_tokens === undefined) body.max_tokens = 16
    }),
  ),
  fault(
    'stop-ignored',
    'params.stop',
    'stop sequences are ignored',
    onChatRequest((body) => {
      if (typeof body.stop === 'string' || Array.isArray(body.stop)) delete body.stop
    }),
  ),
  fault(
    'stop-list-ignored',
    'params.stop',
    'only a single stop sequence is honoured',
    onChatRequest((body) => {
      if (Array.isArray(body.stop)) delete body.stop
    }),
  ),
  fault(
    'stop-included',
    'params.stop',
    'the stop sequence is part of the text',
    onSpeech((speech, call) => {
      const [first] = stopWords(call.json)
      if (first && speech.finish === 'stop' && speech.content !== null) speech.content += first
    }),
  ),
  fault(
    'stop-as-length',
    'params.stop',
    'text ended by a stop sequence finishes with length',
    onSpeech((speech, call) => {
      if (stopWords(call.json).length > 0 && speech.finish === 'stop') speech.finish = 'length'
    }),
  ),
  fault(
    'stop-leaks',
    'params.stop.no-stream-leak',
    'the beginning of the stop sequence is streamed',
    onSpeech((speech, call) => {
      const [first] = stopWords(call.json)
      if (first && call.json.stream === true && speech.content !== null) speech.content += first.slice(0, 3)
    }),
  ),
  fault(
    'n-ignored',
    'params.n',
    'one choice comes, however many were asked for',
    onChatRequest((body) => {
      if (validCap(body.n)) delete body.n
    }),
  ),
  fault(
    'n-same-index',
    'params.n',
    'all choices have the index zero',
    onChoice((choice) => {
      choice.index = 0
    }),
  ),
  fault(
    'stream-n-one',
    'stream.n',
    'streams have one choice, however many were asked for',
    onChatRequest((body) => {
      if (body.stream === true && validCap(body.n)) delete body.n
    }),
  ),
  fault(
    'logprobs-ignored',
    'errors.unsupported-param-honest',
    'logprobs are ignored',
    onChatRequest((body) => {
      if (body.logprobs !== true) return
      delete body.logprobs
      delete body.top_logprobs
    }),
  ),
  fault(
    'logprobs-positive',
    'params.logprobs',
    'log probabilities are positive',
    logprobs((entry) => {
      entry.logprob = 0.5
    }),
  ),
  fault(
    'logprobs-strings',
    'params.logprobs',
    'log probabilities are strings',
    logprobs((entry) => {
      entry.logprob = String(entry.logprob)
    }),
  ),
  fault(
    'logprobs-legacy',
    'params.logprobs',
    'log probabilities have the shape of the old endpoint',
    onChoice((choice) => {
      if (!choice.logprobs) return
      const { content } = choice.logprobs
      choice.logprobs = { tokens: content.map((entry: Json) => entry.token), token_logprobs: content.map((entry: Json) => entry.logprob) }
    }),
  ),
  fault(
    'logprobs-empty',
    'params.logprobs',
    'the list of log probabilities is empty',
    onChoice((choice) => {
      if (choice.logprobs) choice.logprobs.content = []
    }),
  ),
  fault(
    'logprobs-too-many',
    'params.logprobs',
    'more alternatives come than were asked for',
    logprobs((entry) => {
      entry.top_logprobs = [...entry.top_logprobs, ...entry.top_logprobs, ...entry.top_logprobs]
    }),
  ),
  fault(
    'logprobs-misaligned',
    'params.logprobs.align',
    'the tokens of the log probabilities are not those of the text',
    logprobs((entry) => {
      entry.token = '#'
      entry.bytes = [35]
    }),
  ),
  fault(
    'json-object-ignored',
    'structured.json-object',
    'JSON mode is ignored',
    onChatRequest((body) => {
      if (body.response_format?.type === 'json_object') delete body.response_format
    }),
  ),
  fault(
    'json-schema-ignored',
    'structured.json-schema.accepted',
    'a schema for the answer is ignored',
    onChatRequest((body) => {
      if (body.response_format?.type === 'json_schema') delete body.response_format
    }),
  ),
  fault(
    'json-fenced',
    'structured.json-object',
    'JSON comes inside a code fence',
    onSpeech((speech, call) => {
      if (/^json/.test(call.json?.response_format?.type) && speech.content !== null)
        speech.content = `\`\`\`json\n${speech.content}\n\`\`\``
    }),
  ),
  fault('system-dropped', 'chat.role.system', 'system messages do not reach the model', dropped('system')),
  fault(
    'system-refused',
    'chat.role.system',
    'system messages are refused',
    refusesChat((body) => body.messages?.some?.(isRole('system')), 'messages[0].role'),
  ),
  fault(
    'developer-refused',
    'chat.role.developer',
    'developer messages are refused',
    refusesChat((body) => body.messages?.some?.(isRole('developer')), 'messages[0].role'),
  ),
  fault('developer-dropped', 'chat.role.developer', 'developer messages do not reach the model', dropped('developer')),
  fault(
    'second-system-refused',
    'chat.role.placement',
    'only one system message is taken',
    refusesChat((body) => body.messages?.filter?.(isRole('system')).length > 1, 'messages'),
  ),
  fault(
    'late-system-refused',
    'chat.role.placement',
    'system messages are refused after the first turn',
    refusesChat(
      (body) =>
        body.messages?.findLastIndex?.(isRole('system')) > body.messages?.findIndex?.(isRole('user')) && body.messages.some(isRole('user')),
      'messages',
    ),
  ),
  fault(
    'consecutive-users-refused',
    'chat.role.placement',
    'turns must alternate',
    refusesChat(
      (body) =>
        body.messages?.some?.(
          (message: Json, index: number) => index > 0 && message?.role === 'user' && body.messages[index - 1]?.role === 'user',
        ),
      'messages',
    ),
  ),
  fault(
    'empty-assistant-refused',
    'chat.role.placement',
    'assistant messages must not be empty',
    refusesChat(
      (body) => body.messages?.some?.((message: Json) => message?.role === 'assistant' && message.content === '' && !message.tool_calls),
      'messages',
    ),
  ),
  fault(
    'history-dropped',
    'chat.multi-turn',
    'only the last message reaches the model',
    onMessages((messages) => {
      const last = messages.findLastIndex(isRole('user'))
      return last < 1 ? messages : messages.filter((message, index) => index >= last || ['system', 'developer'].includes(message?.role))
    }),
  ),
  fault(
    'parts-refused',
    'chat.content-parts',
    'content must be a string',
    refusesChat(
      (body) =>
        body.messages?.some?.(
          (message: Json) => Array.isArray(message?.content) && message.content.every((part: Json) => part?.type === 'text'),
        ),
      'messages[0].content',
    ),
  ),
  fault(
    'second-part-dropped',
    'chat.content-parts',
    'only the first content part reaches the model',
    onMessages((messages) =>
      each(messages, (message) => {
        if (Array.isArray(message.content)) message.content = message.content.slice(0, 1)
      }),
    ),
  ),
  fault(
    'unicode-lost',
    'chat.unicode',
    'characters outside ASCII become question marks',
    onSpeech((speech) => {
      if (speech.content !== null) speech.content = plain(speech.content)
    }),
  ),
  fault(
    'unicode-replaced',
    'chat.unicode',
    'characters outside the basic plane become replacement characters',
    onSpeech((speech) => {
      if (speech.content !== null) speech.content = speech.content.replace(/[\u{10000}-\u{10ffff}]/gu, '\ufffd\ufffd')
    }),
  ),
  fault(
    'unicode-normalised',
    'chat.unicode',
    'combining marks are taken apart',
    onSpeech((speech) => {
      if (speech.content !== null) speech.content = speech.content.normalize('NFD').replace(/\p{M}/gu, '')
    }),
  ),
  fault(
    'unicode-mojibake',
    'chat.unicode',
    'UTF-8 is read as Latin-1 on the way out',
    onSpeech((speech) => {
      if (speech.content !== null) speech.content = Buffer.from(speech.content, 'utf8').toString('latin1')
    }),
  ),
  fault(
    'unicode-double-escaped',
    'chat.unicode',
    'characters outside ASCII arrive as written escapes',
    onSpeech((speech) => {
      speech.content = speech.content?.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`) ?? null
    }),
  ),
  fault(
    'concurrency-mixed',
    'limits.concurrency',
    'an answer may be that of the request before',
    onChat((body, call) => {
      const before = call.memory.get('answer')
      call.memory.set('answer', body.choices[0].message.content)
      if (typeof before === 'string' && body.choices[0].message.content !== null) body.choices[0].message.content = before
    }),
  ),
]

/** Every entry of the log probabilities, streamed or not. */
function logprobs(bend: (entry: Json) => void) {
  const all = (choice: Json) => {
    for (const entry of choice.logprobs?.content ?? []) bend(entry)
  }
  return { ...onChoice(all), ...onEntry(all) }
}
