import type { Answer, Call, Fault, Json, Stages, StreamEvent } from '../exchange.ts'
import { errorAnswer } from '../refusal.ts'
import {
  fault,
  onAnswer,
  onCall,
  onChatRequest,
  onError,
  onModels,
  onSpokenCalls,
  onToolCall,
  onToolDelta,
  onWire,
  parsedArguments,
  statusOf,
  thinkingFault,
} from './stages.ts'

const template = 'Error rendering prompt with jinja template: Unknown StringValue filter: safe'

const functions = (body: Json): Json[] => (Array.isArray(body?.tools) ? body.tools.map((tool: Json) => tool?.function ?? tool) : [])

const declares = (body: Json, name: string): boolean => functions(body).some((tool) => tool?.name === name)

/** A schema with more than plain properties. */
const isRich = (tool: Json): boolean => /"(?:anyOf|\$ref|\$defs|items)":/.test(JSON.stringify(tool?.parameters ?? null))

const crashed = (message: string): Answer => errorAnswer(message, { status: 500, type: 'server_error', about: 'server' })

/** A stream under 200 that holds nothing but what went wrong. */
const onlyEvents = (answer: Answer, ...data: Json[]): void => {
  answer.status = 200
  answer.kind = 'chat-stream'
  answer.events = data.map((value): StreamEvent => ({ data: value }))
  answer.headers['content-type'] = 'text/event-stream; charset=utf-8'
  answer.headers['cache-control'] = 'no-cache, no-transform'
  delete answer.body
}

/** Every so manieth answer to a chat. */
const everyChat = (period: number, name: string, make: (call: Call) => Answer): Stages =>
  onChatRequest((_, call) => {
    const count = ((call.memory.get(name) as number | undefined) ?? 0) + 1
    call.memory.set(name, count)
    return count % period === 0 ? make(call) : undefined
  })

const busy = (status: number, message: string, headers: Record<string, string> = {}): Answer =>
  errorAnswer(message, { status, type: status === 429 ? 'rate_limit_error' : 'server_error', code: 'rate_limit_exceeded', headers })

const isEssay = (call: Call): boolean => Buffer.from(call.body).includes('essay')

/** Streams of requests without a mistake that fail before they have said anything. */
const failsFirst = (when: (call: Call) => boolean, ...data: Json[]) =>
  onAnswer(['chat-stream'], (answer, call) => {
    if (when(call)) onlyEvents(answer, ...structuredClone(data))
  })

const onChatArguments = (bend: (args: Json) => Json): Stages =>
  onSpokenCalls((calls, _, { target }) => {
    for (const call of target.endsWith('/chat/completions') ? calls : []) {
      const args = parsedArguments(call.arguments)
      if (typeof args === 'object') call.arguments = JSON.stringify(bend(args))
    }
  })

const asMarkup = (name: string, args: string): string => `<tool_call>\n{"name": "${name}", "arguments": ${args}}\n</tool_call>`

/** A call that the cap has cut. */
const onCutCall = (bend: (speech: Json) => void): Stages => ({
  speech: (speech, call) => {
    if (
      speech.finish === 'length' &&
      functions(call.json).length > 0 &&
      speech.content !== undefined &&
      call.json.tool_choice === 'required'
    )
      bend(speech)
  },
})

/** What was reported of real endpoints: errors, calls, lists of models, and waiting. */
export const fieldAnswerFaults: readonly Fault[] = [
  fault(
    'empty-choices-with-error',
    'errors.stream.failed-first',
    'streams about rivers hold one chunk without choices, which carries the failure of a provider',
    onAnswer(['chat-stream'], (answer, call) => {
      if (!isEssay(call)) return
      const error = { code: 502, message: 'Provider is not available.', metadata: { error_type: 'provider_unavailable' } }
      // what the first chunk would have said of itself
      onlyEvents(answer, { ...answer.events?.[0]?.data, choices: [], error }, '[DONE]')
    }),
  ),
  fault(
    'quota-error-then-done',
    'errors.stream.failed-first',
    'streams about rivers are an error about the quota and the sentinel',
    failsFirst(isEssay, { error: { message: 'The quota is used up.' } }, '[DONE]'),
  ),
  fault(
    'template-error-in-stream',
    'errors.stream.failed-first',
    'streams with tools hold nothing but an error of the chat template',
    failsFirst((call) => functions(call.json).length > 0, { error: { message: template, type: 'server_error', param: null, code: null } }),
  ),
  fault(
    'validation-error-in-200-stream',
    'errors.stream.status-before-headers',
    'invalid streaming requests get status 200 and an event with an error that is a string',
    onAnswer(['error'], (answer, call) => {
      if (call.json?.stream === true && answer.status < 500)
        onlyEvents(answer, { error: answer.body.error.message, error_type: 'validation' })
    }),
  ),
  fault(
    'error-as-field-name',
    'transport.sse.framing',
    'streams about rivers end with a line whose field is called error',
    onWire(['chat-stream'], (wire, call) => {
      if (!isEssay(call)) return
      const line = `error: ${JSON.stringify({ code: 400, message: 'The request exceeds the available context size.' })}\n\n`
      wire.pieces = [...wire.pieces.slice(0, 5), Buffer.from(line)]
    }),
  ),
  fault(
    'tool-parse-500',
    'wire.no-server-error',
    'calls whose arguments hold code cannot be parsed, and the request ends in a server error',
    onChatRequest((body) =>
      declares(body, 'write_file') && body.tool_choice === 'required'
        ? crashed('Failed to parse tool call arguments as JSON: invalid string: missing closing quote')
        : undefined,
    ),
  ),
  fault(
    'template-500',
    'wire.no-server-error',
    'schemas with references or lists make the template engine fall over',
    onChatRequest((body) => (functions(body).some(isRich) ? crashed('Unknown method: keys') : undefined)),
  ),
  fault(
    'missing-choices-under-load',
    'chat.choices',
    'every fifth unstreamed answer has no choices',
    onAnswer(['chat'], (answer, call) => {
      const count = ((call.memory.get('missing-choices') as number | undefined) ?? 0) + 1
      call.memory.set('missing-choices', count)
      if (count % 5 === 0) delete answer.body.choices
    }),
  ),
  fault(
    'validation-502',
    'errors.wrong-type',
    'a mistake in temperature or tools is passed on as a bad gateway',
    statusOf(['temperature', 'tools'], 502),
  ),
  fault(
    'error-http-code',
    'errors.code-key',
    'errors have the form of another vendor, with the status as a string beside the message',
    onError((answer, error) => {
      answer.body = { type: 'error', error: { type: error.type, message: error.message, http_code: String(answer.status) } }
    }),
  ),
  fault(
    'overflow-unrecognised',
    'limits.context.code',
    'prompts of more than eight thousand tokens are refused in words that nobody knows',
    onChatRequest((body) => (JSON.stringify(body.messages ?? '').length > 32_000 ? errorAnswer('Input was rejected (E1042).') : undefined)),
  ),
  fault(
    'window-too-small-for-agents',
    'limits.agent-prompt',
    'prompts of more than eight thousand tokens are refused',
    onChatRequest((body) =>
      JSON.stringify(body.messages ?? '').length > 32_000
        ? errorAnswer('The context of this model is 8192 tokens.', { code: 'context_length_exceeded', param: 'messages' })
        : undefined,
    ),
  ),
  fault(
    'busy-without-retry-after',
    'limits.retry-after',
    'every twelfth chat is answered 503 at once, without a word about when to come back',
    everyChat(12, 'busy', () => errorAnswer('The queue is full.', { status: 503, type: 'server_error', code: 'queue_full' })),
  ),
  fault(
    'throttled-without-retry-after',
    'limits.retry-after',
    'every twelfth chat is throttled without a word about when to come back',
    everyChat(12, 'throttled', () => busy(429, 'Rate limit reached.')),
  ),
  fault(
    'stall-under-comments',
    'transport.sse.progress',
    'streams about rivers stop in the middle, send a few comments and stay open',
    onWire(['chat-stream'], (wire, call) => {
      if (!isEssay(call)) return
      wire.pieces = [...wire.pieces.slice(0, 12), ...Array.from({ length: 3 }, () => Buffer.from(': keepalive\n\n'))]
      wire.holdMs = 60_000
      wire.end = 'cut'
    }),
  ),
  fault(
    'stall-between-events',
    'transport.sse.progress',
    'streams about rivers stop in the middle and stay open in silence',
    onWire(['chat-stream'], (wire, call) => {
      if (!isEssay(call)) return
      wire.pieces = wire.pieces.slice(0, 12)
      wire.holdMs = 60_000
      wire.end = 'cut'
    }),
  ),
  fault(
    'streams-evicted',
    'stream.done-sentinel',
    'every fourth stream breaks off, as if another request had taken its place',
    onWire(['chat-stream'], (wire, call) => {
      const count = ((call.memory.get('evicted') as number | undefined) ?? 0) + 1
      call.memory.set('evicted', count)
      if (count % 4 !== 0) return
      wire.pieces = wire.pieces.slice(0, Math.ceil(wire.pieces.length / 2))
      wire.end = 'cut'
    }),
  ),
  fault(
    'stream-only-server',
    'wire.no-server-error',
    'chats end in a server error unless they are streamed',
    onChatRequest((body) => (body.stream === true ? undefined : crashed("'dict' object has no attribute 'stream'"))),
  ),
  fault(
    'affinity-header-502',
    'wire.no-server-error',
    'requests with a header for the affinity of sessions are sent to a back end that is down',
    onCall((call) =>
      call.headers['x-session-affinity'] === undefined ? undefined : errorAnswer('Bad gateway', { status: 502, type: 'server_error' }),
    ),
  ),
  fault(
    'model-not-for-chat',
    'models.serves-chat',
    'the listed model is refused by Chat Completions, though not by Responses',
    onChatRequest((body) =>
      body.model === 'reference'
        ? errorAnswer('model "reference" is not accessible via the /chat/completions endpoint', { code: 'unsupported_api_for_model' })
        : undefined,
    ),
  ),
  fault(
    'listed-model-refused',
    'models.serves-chat',
    'the listed model is refused wherever it is asked for',
    onCall((call) =>
      call.method === 'POST' && Buffer.from(call.body).includes('"model":"reference"')
        ? errorAnswer('The requested model is not supported.', { code: 'model_not_supported', param: 'model' })
        : undefined,
    ),
  ),
  fault(
    'models-elsewhere',
    'models.offered',
    'models are listed above the base URL and not at it',
    onCall((call) =>
      call.target === '/v1/models' ? errorAnswer('Invalid URL (GET /v1/models)', { status: 404, about: 'path' }) : undefined,
    ),
  ),
  fault(
    'models-window-missing',
    'models.metadata',
    'the list of models does not tell the context window, which another route of the vendor does',
    onCall((call) => (call.target === '/api/v1/models' ? errorAnswer('Not here.', { status: 404, about: 'path' }) : undefined)),
    onModels((body) => {
      for (const entry of body.data) delete entry.context_length
    }),
  ),
  fault(
    'models-id-path',
    'models.id-usable',
    'the list of models tells paths of files, which are not the names that chats take',
    onModels((body) => {
      for (const entry of body.data) entry.id = `/srv/models/${entry.id}.gguf`
    }),
  ),
  fault(
    'models-key-for-id',
    'models.entry.id',
    'listed models have a name and a key in the place of their id',
    onModels((body) => {
      for (const entry of body.data) {
        Object.assign(entry, { name: entry.id, key: entry.id })
        delete entry.id
      }
      body.models = body.data
    }),
  ),
  fault(
    'tool-name-special-token',
    'tools.call.name-declared',
    'names of functions end with a special token of the template',
    onToolCall((call) => {
      call.function.name += '<|channel|>commentary'
    }),
    onToolDelta((delta) => {
      if (delta.function?.name) delta.function.name += '<|channel|>commentary'
    }),
  ),
  thinkingFault(
    'tool-call-in-reasoning',
    'tools.choice.required',
    'calls are left among the thoughts as markup',
    onSpokenCalls((calls, speech) => {
      speech.reasoning = `${speech.reasoning}\n${calls.map((call) => asMarkup(call.name, call.arguments)).join('\n')}`
      speech.calls = []
      speech.content = ''
      speech.finish = 'stop'
    }),
  ),
  fault(
    'tool-second-call-in-content',
    'tools.no-markup-leak',
    'the first call is read, and the others are left in the text',
    onSpokenCalls((calls, speech, call) => {
      if (calls.length < 2 || !call.target.endsWith('/chat/completions')) return
      speech.content = calls
        .slice(1)
        .map(({ name, arguments: args }) => asMarkup(name, args))
        .join('\n')
      speech.calls = calls.slice(0, 1)
    }),
  ),
  fault(
    'tool-keys-garbled',
    'tools.call.schema-valid',
    'the value of an argument becomes a part of its name',
    onChatArguments((args) => Object.fromEntries(Object.entries(args).map(([key, value]) => [`${key}=${value}`, '']))),
  ),
  fault(
    'tool-arguments-corrupted',
    'tools.call.arguments-string',
    'brackets from nowhere stand before the first value',
    onToolCall((call) => {
      call.function.arguments = call.function.arguments.replace(/":\s*"/, '":": ["')
    }),
  ),
  fault(
    'tool-values-stringified',
    'tools.call.nested-values',
    'lists and objects inside arguments are JSON in a string',
    onChatArguments((args) =>
      Object.fromEntries(Object.entries(args).map(([key, value]) => [key, typeof value === 'object' ? JSON.stringify(value) : value])),
    ),
  ),
  fault(
    'tool-arguments-in-content',
    'tools.choice.required',
    'the arguments of calls are the text, and there are no calls',
    onSpokenCalls((calls, speech, call) => {
      if (!call.target.endsWith('/chat/completions')) return
      speech.content = calls[0]?.arguments ?? ''
      speech.calls = []
      speech.finish = 'stop'
    }),
  ),
  fault(
    'tool-stream-name-empty',
    'tools.stream.head',
    'the name of streamed calls is empty',
    onToolDelta((delta, isHead) => {
      if (isHead) delta.function.name = ''
    }),
  ),
  fault(
    'cut-call-as-content',
    'tools.no-markup-leak',
    'a call that the cap cuts becomes text that ends as if it were whole',
    onCutCall((speech) => {
      speech.calls = []
      speech.content = '<tool_call>\n{"name": "save_note", "arg'
      speech.finish = 'stop'
    }),
  ),
  fault(
    'cut-call-leaks-markup',
    'tools.no-markup-leak',
    'a call that the cap cuts is left in the text of an unstreamed answer',
    onCutCall((speech) => {
      speech.calls = []
      speech.content = '<tool_call>\n{"name": "save_note", "arg'
    }),
  ),
]
