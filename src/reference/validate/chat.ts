import type { Task } from '../conversation.ts'
import type { Json } from '../exchange.ts'
import { invalid, missing, unsupported } from '../refusal.ts'
import { thinks } from '../world.ts'
import { array, boolean, filled, integer, listOf, mapOf, members, number, object, oneOf, type Rule, string } from './members.ts'
import { readMessages } from './messages.ts'
import { requireObjectSchema } from './schema.ts'
import { readChoice, readTools } from './tools.ts'

export const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh']

const stop: Rule = (value, path) => (typeof value === 'string' ? filled(value, path) : listOf(filled, 1, 4)(value, path))

const rules = members({
  model: filled,
  messages: array,
  temperature: number(0, 2),
  top_p: number(0, 1),
  presence_penalty: number(-2, 2),
  frequency_penalty: number(-2, 2),
  max_tokens: integer(1),
  max_completion_tokens: integer(1),
  n: integer(1, 8),
  seed: integer(Number.MIN_SAFE_INTEGER),
  stop,
  stream: boolean,
  stream_options: members({ include_usage: boolean, include_obfuscation: boolean }),
  logprobs: boolean,
  top_logprobs: integer(0, 20),
  logit_bias: mapOf(number(-100, 100)),
  parallel_tool_calls: boolean,
  response_format: object,
  user: string,
  safety_identifier: string,
  prompt_cache_key: string,
  metadata: mapOf(string),
  store: boolean,
  service_tier: oneOf('auto', 'default', 'flex', 'scale', 'priority'),
  verbosity: oneOf('low', 'medium', 'high'),
  reasoning_effort: oneOf(...efforts),
  modalities: listOf(oneOf('text')),
})

/** Documented members that this endpoint cannot honour: refused, so that nobody believes they worked. */
const refused = ['functions', 'function_call', 'audio', 'web_search_options', 'prediction']

/** JSON output, from `response_format` or from `text.format`, which differ in nesting only. */
export const readFormat = (format: Json, path: string, flat: boolean): Task['format'] => {
  if (format === undefined || format === null) return 'text'
  object(format, path)
  if (format.type === undefined) throw missing(`${path}.type`)
  oneOf('text', 'json_object', 'json_schema')(format.type, `${path}.type`)
  if (format.type !== 'json_schema') return format.type === 'json_object' ? 'json' : 'text'
  const holder = flat ? format : format.json_schema
  const here = flat ? path : `${path}.json_schema`
  if (holder === undefined || holder === null) throw missing(here)
  object(holder, here)
  for (const name of ['name', 'schema']) if (holder[name] === undefined) throw missing(`${here}.${name}`)
  string(holder.name, `${here}.name`)
  requireObjectSchema(holder.schema, `${here}.schema`, holder.name, 'invalid_json_schema')
  return { schema: holder.schema, mayDecline: !flat }
}

/** The switches by which vendors turn thinking off, beside `reasoning_effort`. */
const switchedOff = (body: Json): boolean =>
  body.thinking?.type === 'disabled' || body.enable_thinking === false || body.chat_template_kwargs?.enable_thinking === false

/** Checks a chat request and says what the model is asked to do; throws a refusal. */
export const readChat = (body: Json): Task => {
  if (body.model === undefined || body.model === null) throw missing('model')
  const turns = readMessages(body.messages)
  rules(body, '')
  for (const name of refused) if (body[name] !== undefined && body[name] !== null) throw unsupported(name)
  if (body.stream_options && body.stream !== true) {
    throw invalid('stream_options', "'stream_options' is only allowed when 'stream' is true.")
  }
  if (typeof body.top_logprobs === 'number' && body.logprobs !== true) {
    throw invalid('top_logprobs', "'top_logprobs' is only allowed when 'logprobs' is true.")
  }
  if (body.reasoning_effort && body.reasoning_effort !== 'none' && !thinks(body.model)) throw unsupported('reasoning_effort')
  const tools = readTools(body.tools, false)
  const cap = Math.min(body.max_tokens ?? Number.POSITIVE_INFINITY, body.max_completion_tokens ?? Number.POSITIVE_INFINITY)
  return {
    model: body.model,
    turns,
    tools,
    choice: readChoice(body.tool_choice, tools, false),
    parallel: body.parallel_tool_calls !== false,
    stops: typeof body.stop === 'string' ? [body.stop] : (body.stop ?? []),
    ...(Number.isFinite(cap) ? { cap } : {}),
    format: readFormat(body.response_format, 'response_format', false),
    effort: !thinks(body.model) || switchedOff(body) ? 'none' : (body.reasoning_effort ?? 'medium'),
  }
}
