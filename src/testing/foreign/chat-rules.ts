import { type Ask, bad, type Call, type Dict, type Failure, type Turn } from './bend.ts'
import { contentText, dict, list, q, str } from './text.ts'
import { choiceOf, choiceProblems, toolProblems, toolsOf } from './tool-rules.ts'

const ROLES = ['system', 'developer', 'user', 'assistant', 'tool', 'function']
const REFUSED = ['functions', 'function_call', 'audio', 'web_search_options']

/** What is wrong with numbers, switches and texts that both endpoints know. */
export function plainProblems(body: Dict, bounds: Record<string, [number, number, whole?: boolean]>, switches: string[]): Failure[] {
  const out: Failure[] = []
  for (const [name, [low, high, whole]] of Object.entries(bounds)) {
    const value = body[name]
    if (value === undefined) continue
    if (typeof value !== 'number') out.push(bad('wrong-type', name, `${name} has to be a number.`, 'invalid_type'))
    else if (value < low || value > high || (whole && !Number.isInteger(value))) {
      out.push(bad('bounds', name, `${name} has to be ${whole ? 'a whole number ' : ''}from ${low} to ${high}.`, 'invalid_value'))
    }
  }
  for (const name of switches) {
    if (body[name] !== undefined && typeof body[name] !== 'boolean') {
      out.push(bad('wrong-type', name, `${name} has to be true or false.`, 'invalid_type'))
    }
  }
  for (const name of ['metadata', 'stream_options']) {
    if (body[name] !== undefined && dict(body[name]) === undefined) {
      out.push(bad('wrong-type', name, `${name} has to be an object.`, 'invalid_type'))
    }
  }
  for (const name of ['user', 'safety_identifier', 'prompt_cache_key', 'service_tier']) {
    if (body[name] !== undefined && typeof body[name] !== 'string') {
      out.push(bad('wrong-type', name, `${name} has to be a string.`, 'invalid_type'))
    }
  }
  return out
}

/** What is wrong with `model`. */
export function modelProblems(body: Dict, models: string[]): Failure[] {
  if (body.model === undefined)
    return [bad('no-model', 'model', 'Say which model: the member model is missing.', 'missing_required_parameter')]
  if (typeof body.model !== 'string') return [bad('wrong-type', 'model', 'model has to be a string.', 'invalid_type')]
  if (models.includes(body.model)) return []
  return [{ ...bad('unknown-model', null, `There is no model ${q(body.model)} here.`, 'model_not_found'), status: 404 }]
}

function messageProblems(message: unknown, at: number): Failure[] {
  const here = `messages[${at}]`
  const it = dict(message)
  if (it === undefined) return [bad('messages-shape', here, `${here} has to be an object.`, 'invalid_type')]
  const role = str(it.role)
  if (!ROLES.includes(role))
    return [bad('messages-shape', `${here}.role`, `${here} needs a role out of ${ROLES.join(', ')}.`, 'invalid_value')]
  const out: Failure[] = []
  const spared = role === 'function' || (role === 'assistant' && (list(it.tool_calls).length > 0 || it.function_call || it.refusal))
  if (typeof it.content !== 'string' && !Array.isArray(it.content) && !(spared && (it.content === undefined || it.content === null))) {
    out.push(bad('messages-shape', `${here}.content`, `${here} needs a content: a string or an array of parts.`, 'invalid_type'))
  }
  list(it.content).forEach((part, index) => {
    const type = str(dict(part)?.type)
    const fits = type === 'text' ? typeof dict(part)?.text === 'string' : type === 'refusal' && role === 'assistant'
    if (!fits) {
      const path = `${here}.content[${index}].type`
      out.push(bad('part', path, `${path}: a part ${q(type)} is not understood in a ${role} message.`, 'invalid_value'))
    }
  })
  if (role === 'tool' && str(it.tool_call_id) === '') {
    out.push(bad('messages-shape', `${here}.tool_call_id`, `${here} does not say which call it answers.`, 'missing_required_parameter'))
  }
  list(it.tool_calls).forEach((call, index) => {
    const fn = dict(dict(call)?.function)
    if (str(dict(call)?.id) === '' || str(fn?.name) === '' || typeof fn?.arguments !== 'string') {
      const path = `${here}.tool_calls[${index}]`
      out.push(bad('messages-shape', path, `${path} needs id, function.name and function.arguments.`, 'invalid_value'))
    }
  })
  return out
}

function historyProblems(messages: Dict[]): Failure[] {
  const open = new Set<string>()
  for (const [at, message] of messages.entries()) {
    if (message.role === 'tool') {
      if (open.delete(str(message.tool_call_id))) continue
      return [bad('history', `messages[${at}]`, `messages[${at}] answers a call that nobody made.`, 'invalid_value')]
    }
    if (open.size > 0) break
    for (const call of list(message.tool_calls)) open.add(str(dict(call)?.id))
  }
  return open.size > 0 ? [bad('history', 'messages', `Calls without a result: ${[...open].join(', ')}.`, 'invalid_value')] : []
}

/** Everything that is wrong with a chat request, in the order in which it is reported. */
export function chatProblems(body: Dict, models: string[], thinks: boolean): Failure[] {
  const out = modelProblems(body, models)
  const { messages, stop } = body
  if (messages === undefined) out.push(bad('no-messages', 'messages', 'The member messages is missing.', 'missing_required_parameter'))
  else if (!Array.isArray(messages)) out.push(bad('messages-shape', 'messages', 'messages has to be an array.', 'invalid_type'))
  else if (messages.length === 0) out.push(bad('messages-shape', 'messages', 'messages has to hold at least one message.', 'invalid_value'))
  const shape = list(messages).flatMap(messageProblems)
  out.push(...(shape.length > 0 ? shape : historyProblems(list(messages).map((message) => dict(message) ?? {}))))
  const caps: [number, number, boolean] = [1, Number.MAX_SAFE_INTEGER, true]
  const anything: [number, number, boolean] = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, true]
  const bounds: Record<string, [number, number, whole?: boolean]> = { temperature: [0, 2], top_p: [0, 1], presence_penalty: [-2, 2] }
  Object.assign(bounds, { frequency_penalty: [-2, 2], n: [1, 8, true], max_tokens: caps, max_completion_tokens: caps, seed: anything })
  Object.assign(bounds, { top_logprobs: [0, 20, true] })
  out.push(...plainProblems(body, bounds, ['stream', 'logprobs', 'parallel_tool_calls', 'store']))
  const stops = Array.isArray(stop) ? stop : [stop]
  if (stop !== undefined && (stops.length > 4 || !stops.every((one) => typeof one === 'string'))) {
    out.push(bad('wrong-type', 'stop', 'stop is a string or an array of up to four strings.', 'invalid_type'))
  }
  if (body.stream_options !== undefined && body.stream !== true) {
    out.push(bad('stream-options', 'stream_options', 'stream_options is only allowed with stream: true.', 'invalid_value'))
  }
  if (body.top_logprobs !== undefined && body.logprobs !== true) {
    out.push(bad('top-logprobs', 'top_logprobs', 'top_logprobs is only allowed with logprobs: true.', 'invalid_value'))
  }
  out.push(...toolProblems(body.tools, false), ...choiceProblems(body.tool_choice, body.tools, false))
  for (const name of REFUSED) {
    if (body[name] !== undefined) out.push(bad('unsupported', name, `${name} is not offered here.`, 'unsupported_parameter'))
  }
  if (body.logit_bias !== undefined && (dict(body.logit_bias) === undefined || Object.keys(body.logit_bias as Dict).length > 0)) {
    out.push(bad('unsupported', 'logit_bias', 'logit_bias is not offered here.', 'unsupported_parameter'))
  }
  if (body.response_format !== undefined && dict(body.response_format)?.type !== 'text') {
    out.push(bad('unsupported', 'response_format', 'Only text comes out of this server.', 'unsupported_value'))
  }
  return [...out, ...effortProblems(body.reasoning_effort, 'reasoning_effort', thinks)]
}

/** What is wrong with a wish for more or less thinking. */
export function effortProblems(effort: unknown, name: string, thinks: boolean): Failure[] {
  if (effort === undefined || effort === null || effort === 'none') return []
  if (!thinks) return [bad('unsupported', name, 'This model does not think.', 'unsupported_parameter')]
  return ['minimal', 'low', 'medium', 'high', 'xhigh'].includes(str(effort))
    ? []
    : [bad('effort', name, 'No such effort.', 'unsupported_value')]
}

function callsIn(message: Dict): Call[] {
  return list(message.tool_calls).map((call) => {
    const fn = dict(dict(call)?.function)
    return { id: str(dict(call)?.id), name: str(fn?.name), args: str(fn?.arguments) }
  })
}

/** A chat request, understood. */
export function chatAsk(body: Dict): Ask {
  const turns: Turn[] = list(body.messages).map((message) => {
    const it = dict(message) ?? {}
    return { role: str(it.role), text: contentText(it.content), calls: callsIn(it) }
  })
  const cap = Math.min(...[body.max_completion_tokens, body.max_tokens].filter((one) => typeof one === 'number'))
  return {
    model: str(body.model),
    turns,
    tools: toolsOf(body.tools, false),
    ...choiceOf(body.tool_choice, false),
    several: body.parallel_tool_calls !== false,
    cap,
    stops: (Array.isArray(body.stop) ? body.stop : [body.stop]).filter((stop) => typeof stop === 'string'),
    n: typeof body.n === 'number' ? body.n : 1,
    stream: body.stream === true,
    wantsUsage: dict(body.stream_options)?.include_usage === true,
    logprobs: body.logprobs === true ? Number(body.top_logprobs ?? 0) : undefined,
    grain: 1,
    body,
  }
}
