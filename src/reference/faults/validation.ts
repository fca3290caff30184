import type { Call, Fault, Json } from '../exchange.ts'
import { errorAnswer } from '../refusal.ts'
import { crashesOn, fault, onCall, onChatRequest, onErrorAbout, onResponsesRequest, onSpeech, refusesChat, statusOf } from './stages.ts'

const greeting = { role: 'user', content: 'Hello' }

const text = (call: Call): string => Buffer.from(call.body).toString('utf8')

const setBody = (call: Call, body: Json): void => {
  call.body = Buffer.from(JSON.stringify(body))
}

const parsed = (call: Call): Json => {
  try {
    return JSON.parse(text(call))
  } catch {
    return undefined
  }
}

/** Bodies that are no JSON object, seen before anything else looks at them. */
const onRawBody = (when: (body: Json, raw: string) => boolean, replacement: Json) =>
  onCall((call) => {
    if (call.method === 'POST' && call.target.endsWith('/chat/completions') && when(parsed(call), text(call))) setBody(call, replacement)
  })

const isObject = (body: Json): boolean => typeof body === 'object' && body !== null && !Array.isArray(body)

const request = { model: 'reference', messages: [greeting], max_tokens: 16 }

/** Drops a member that validation would have refused. */
const lenient = (name: string, wrong: (value: Json) => boolean) =>
  onChatRequest((body) => {
    if (body[name] !== undefined && body[name] !== null && wrong(body[name])) delete body[name]
  })

const declares = (tools: Json, name: string): boolean => Array.isArray(tools) && tools.some((tool: Json) => tool?.function?.name === name)

/** The answer to a chat without messages. */
const missingMessages = (status: number) =>
  onErrorAbout('messages', (answer, error) => {
    if (error.code === 'missing_required_parameter' && error.param === 'messages') answer.status = status
  })

/** What should be refused is served, or ends in a server error. */
export const validationFaults: readonly Fault[] = [
  fault(
    'invalid-json-200',
    'errors.body.invalid-json',
    'a body that is no JSON is answered all the same',
    onRawBody((body) => body === undefined, request),
  ),
  fault('invalid-json-500', 'errors.body.invalid-json', 'a body that is no JSON ends in a server error', crashesOn('json')),
  fault('invalid-json-422', 'errors.body.invalid-json', 'a body that is no JSON is answered 422', statusOf('json', 422)),
  fault(
    'array-body-200',
    'errors.body.not-object',
    'a body that is no object is answered all the same',
    onRawBody((body) => body !== undefined && !isObject(body), request),
  ),
  fault('array-body-500', 'errors.body.not-object', 'a body that is no object ends in a server error', crashesOn('body')),
  fault(
    'missing-messages-200',
    'errors.missing-messages',
    'a chat without messages is answered',
    onChatRequest((body) => {
      body.messages ??= [greeting]
    }),
  ),
  fault('missing-messages-500', 'errors.missing-messages', 'a chat without messages ends in a server error', missingMessages(500)),
  fault('missing-messages-422', 'errors.status-400-not-422', 'a chat without messages is answered 422', missingMessages(422)),
  fault('missing-model-500', 'errors.missing-model', 'a chat without a model ends in a server error', {
    answer: (answer) => {
      if (answer.body?.error?.param === 'model' && answer.status === 400) answer.status = 500
    },
  }),
  fault(
    'string-messages-200',
    'errors.messages.shape',
    'messages that are one string are answered',
    onChatRequest((body) => {
      if (typeof body.messages === 'string') body.messages = [greeting]
    }),
  ),
  fault(
    'empty-messages-200',
    'errors.messages.shape',
    'an empty list of messages is answered',
    onChatRequest((body) => {
      if (Array.isArray(body.messages) && body.messages.length === 0) body.messages = [greeting]
    }),
  ),
  fault('empty-messages-500', 'errors.messages.shape', 'an empty list of messages ends in a server error', {
    answer: (answer) => {
      if (answer.about === 'messages' && answer.body?.error?.code === 'array_below_min_length') answer.status = 500
    },
  }),
  fault('string-messages-500', 'errors.messages.shape', 'messages that are one string end in a server error', {
    answer: (answer) => {
      if (answer.about === 'messages' && answer.body?.error?.code === 'invalid_type') answer.status = 500
    },
  }),
  fault(
    'unknown-role-200',
    'errors.messages.shape',
    'messages of unknown roles are answered',
    onChatRequest((body) => {
      for (const message of Array.isArray(body.messages) ? body.messages : []) {
        if (!['system', 'developer', 'user', 'assistant', 'tool'].includes(message?.role)) message.role = 'user'
      }
    }),
  ),
  fault('unknown-role-500', 'errors.messages.shape', 'messages of unknown roles end in a server error', {
    answer: (answer) => {
      if (answer.about.endsWith('.role')) answer.status = 500
    },
  }),
  fault(
    'wrong-temperature-200',
    'errors.wrong-type',
    'a temperature in words is ignored',
    lenient('temperature', (value) => typeof value !== 'number'),
  ),
  fault('wrong-temperature-500', 'errors.wrong-type', 'a temperature in words ends in a server error', crashesOn('temperature')),
  fault(
    'wrong-max-tokens-200',
    'errors.wrong-type',
    'a cap in words is ignored',
    lenient('max_tokens', (value) => typeof value !== 'number'),
  ),
  fault(
    'wrong-stream-200',
    'errors.wrong-type',
    'a stream switch in words is ignored',
    lenient('stream', (value) => typeof value !== 'boolean'),
  ),
  fault(
    'wrong-stop-200',
    'errors.wrong-type',
    'a stop that is a number is ignored',
    lenient('stop', (value) => typeof value === 'number'),
  ),
  fault(
    'tools-object-200',
    'errors.wrong-type',
    'tools that are no list are ignored',
    lenient('tools', (value) => !Array.isArray(value)),
  ),
  fault('tools-object-500', 'errors.wrong-type', 'tools that are no list end in a server error', {
    answer: (answer) => {
      if (answer.about === 'tools') answer.status = 500
    },
  }),
  fault('tools-object-detail', 'errors.envelope', 'an error about tools is a bare detail', {
    answer: (answer) => {
      if (answer.about === 'tools') answer.body = { detail: 'tools: value is not a valid list' }
    },
  }),
  fault(
    'unknown-param-500',
    'errors.unknown-param',
    'an unknown member ends in a server error',
    onChatRequest((body) => {
      if (Object.keys(body).some((name) => name.startsWith('zz_'))) throw new TypeError('unexpected keyword')
    }),
  ),
  fault(
    'unknown-part-200',
    'chat.content-parts.unknown',
    'content parts of unknown type are dropped',
    onChatRequest((body) => {
      for (const message of Array.isArray(body.messages) ? body.messages : []) {
        if (!Array.isArray(message?.content)) continue
        message.content = message.content.map((part: Json) => (part?.type === 'text' ? part : { type: 'text', text: '' }))
      }
    }),
  ),
  fault('unknown-part-500', 'chat.content-parts.unknown', 'content parts of unknown type end in a server error', {
    answer: (answer) => {
      if (/^messages.*content.*\.type$/.test(answer.about)) answer.status = 500
    },
  }),
  fault(
    'undeclared-choice-200',
    'errors.tool-choice.inconsistent',
    'a choice of an undeclared function is ignored',
    onChatRequest((body) => {
      const name = body.tool_choice?.function?.name
      if (name !== undefined && !declares(body.tools, name)) delete body.tool_choice
    }),
  ),
  fault(
    'undeclared-choice-500',
    'errors.tool-choice.inconsistent',
    'a choice of an undeclared function ends in a server error',
    crashesOn('tool_choice'),
  ),
  fault(
    'choice-without-tools-200',
    'errors.tool-choice.inconsistent',
    'a tool choice without tools is ignored',
    onChatRequest((body) => {
      if (body.tools === undefined) delete body.tool_choice
    }),
  ),
  fault(
    'orphan-result-200',
    'errors.tool-history',
    'a tool message without its call is answered',
    onChatRequest((body) => {
      if (!Array.isArray(body.messages)) return
      const called = new Set(body.messages.flatMap((message: Json) => message?.tool_calls ?? []).map((call: Json) => call.id))
      for (const message of body.messages) if (message?.role === 'tool' && !called.has(message.tool_call_id)) message.role = 'user'
    }),
  ),
  fault('orphan-result-500', 'errors.tool-history', 'a tool message without its call ends in a server error', {
    answer: (answer) => {
      if (/^messages\[\d+\]$/.test(answer.about)) answer.status = 500
    },
  }),
  fault(
    'unanswered-call-200',
    'errors.tool-history',
    'calls that were never answered are forgotten',
    onChatRequest((body) => {
      if (!Array.isArray(body.messages)) return
      const answered = new Set(body.messages.map((message: Json) => message?.tool_call_id))
      for (const message of body.messages) {
        if (!Array.isArray(message?.tool_calls) || message.tool_calls.every((call: Json) => answered.has(call.id))) continue
        message.content ??= ''
        delete message.tool_calls
      }
    }),
  ),
  fault(
    'bad-tool-schema-200',
    'errors.tools.definition',
    'a tool with an invalid schema is taken',
    onChatRequest((body) => {
      for (const tool of Array.isArray(body.tools) ? body.tools : []) {
        if (tool?.function?.parameters?.type !== undefined && tool.function.parameters.type !== 'object')
          tool.function.parameters = { type: 'object' }
      }
    }),
  ),
  fault(
    'bad-tool-schema-500',
    'errors.tools.definition',
    'a tool with an invalid schema ends in a server error',
    crashesOn('tools[0].function.parameters'),
  ),
  fault(
    'bad-tool-name-200',
    'errors.tools.definition',
    'tools may have any name',
    onChatRequest((body) => {
      for (const tool of Array.isArray(body.tools) ? body.tools : []) {
        if (typeof tool?.function === 'object' && !/^[\w-]{1,64}$/.test(tool.function.name ?? '')) tool.function.name = 'tool'
      }
    }),
  ),
  fault(
    'survives-no-garbage',
    'errors.survives-garbage',
    'after one body that is no JSON every chat ends in a server error',
    onCall((call) => {
      if (call.method !== 'POST' || !call.target.endsWith('/chat/completions')) return
      if (parsed(call) === undefined) call.memory.set('garbage', true)
      else if (call.memory.has('garbage')) return errorAnswer('Internal server error', { status: 500, type: 'server_error' })
    }),
  ),
  fault('input-missing-500', 'responses.input.missing', 'a response without input ends in a server error', {
    answer: (answer) => {
      if (answer.body?.error?.param === 'input' && answer.body.error.code === 'missing_required_parameter') answer.status = 500
    },
  }),
  fault(
    'input-missing-200',
    'responses.input.missing',
    'a response without input is answered',
    onResponsesRequest((body) => {
      if (body.previous_response_id === undefined) body.input ??= 'Hello'
    }),
  ),
  fault(
    'hosted-tool-dropped',
    'rtools.unknown-hosted',
    'hosted tools that the server lacks are dropped',
    onResponsesRequest((body) => {
      if (Array.isArray(body.tools)) body.tools = body.tools.filter((tool: Json) => tool?.type === 'function')
    }),
  ),
  fault(
    'orphan-output-200',
    'rtools.output.orphan',
    'a function output without its call is taken',
    onResponsesRequest((body) => {
      if (!Array.isArray(body.input)) return
      const called = new Set(body.input.map((item: Json) => (item?.type === 'function_call' ? item.call_id : undefined)))
      body.input = body.input.map((item: Json) =>
        item?.type === 'function_call_output' && !called.has(item.call_id) && !body.previous_response_id
          ? { role: 'user', content: item.output }
          : item,
      )
    }),
  ),
  fault(
    'max-tokens-unchecked',
    'params.max-tokens.invalid',
    'caps below one are ignored',
    lenient('max_tokens', (value) => typeof value === 'number' && !(value >= 1 && Number.isInteger(value))),
  ),
  fault(
    'temperature-unchecked',
    'params.temperature',
    'temperatures out of range are ignored',
    lenient('temperature', (value) => typeof value === 'number' && (value < 0 || value > 2)),
  ),
  fault(
    'temperature-zero-refused',
    'params.temperature',
    'a temperature of zero is refused',
    refusesChat((body) => body.temperature === 0, 'temperature'),
  ),
  fault(
    'top-p-unchecked',
    'params.sampling-bounds',
    'top_p out of range is ignored',
    lenient('top_p', (value) => value < 0 || value > 1),
  ),
  fault(
    'penalty-unchecked',
    'params.sampling-bounds',
    'penalties out of range are ignored',
    onChatRequest((body) => {
      for (const name of ['presence_penalty', 'frequency_penalty']) if (Math.abs(body[name]) > 2) delete body[name]
    }),
  ),
  fault(
    'stream-options-unchecked',
    'params.stream-options-needs-stream',
    'stream_options are ignored without a stream',
    onChatRequest((body) => {
      if (body.stream !== true) delete body.stream_options
    }),
  ),
  fault(
    'top-logprobs-unchecked',
    'params.logprobs.requires-flag',
    'top_logprobs are ignored without logprobs',
    onChatRequest((body) => {
      if (body.logprobs !== true) delete body.top_logprobs
    }),
  ),
  fault(
    'null-refused',
    'params.null-is-unset',
    'optional members must not be null',
    refusesChat((body) => Object.values(body).includes(null), 'body'),
  ),
  fault(
    'housekeeping-refused',
    'params.housekeeping',
    'members that do not affect the text are refused',
    refusesChat(
      (body) => ['user', 'metadata', 'store', 'service_tier', 'safety_identifier', 'prompt_cache_key'].some((name) => name in body),
      'metadata',
    ),
  ),
  fault(
    'seed-refused',
    'params.seed',
    'a seed is refused',
    refusesChat((body) => 'seed' in body, 'seed'),
  ),
  fault(
    'logit-bias-500',
    'wire.no-server-error',
    'a logit bias ends in a server error',
    onChatRequest((body) => {
      if (body.logit_bias) throw new TypeError('logit bias')
    }),
  ),
  fault(
    'large-cap-500',
    'limits.output-cap',
    'a cap beyond the window ends in a server error',
    onChatRequest((body) => {
      if (body.max_tokens > 1_000_000) throw new RangeError('cap')
    }),
  ),
  fault(
    'large-cap-empty',
    'limits.output-cap',
    'a cap beyond the window gives an empty answer',
    onSpeech((speech, call) => {
      if (!(call.json?.max_tokens > 1_000_000)) return
      speech.content = ''
      speech.completionTokens = 0
    }),
  ),
]
