import { type Ask, bad, type Dict, type Failure, type Turn } from './bend.ts'
import { effortProblems, modelProblems, plainProblems } from './chat-rules.ts'
import { contentText, dict, list, q, str } from './text.ts'
import { choiceOf, choiceProblems, toolProblems, toolsOf } from './tool-rules.ts'

const INCLUDABLE = [
  'file_search_call.results',
  'web_search_call.results',
  'web_search_call.action.sources',
  'message.input_image.image_url',
  'computer_call_output.output.image_url',
  'code_interpreter_call.outputs',
  'reasoning.encrypted_content',
  'message.output_text.logprobs',
]

function itemType(item: Dict): string {
  return item.type === undefined && item.role !== undefined ? 'message' : str(item.type)
}

function partProblems(content: unknown, path: string, allowed: string[]): Failure[] {
  if (typeof content === 'string') return []
  if (!Array.isArray(content)) return [bad('input-shape', path, `${path} is a string or an array of parts.`, 'invalid_type')]
  return content.flatMap((part, at) => {
    const type = str(dict(part)?.type)
    if (allowed.includes(type) && (type === 'refusal' || typeof dict(part)?.text === 'string')) return []
    return [bad('part', `${path}[${at}].type`, `${path}[${at}]: a part ${q(type)} is not understood here.`, 'invalid_value')]
  })
}

function itemProblems(item: unknown, at: number): Failure[] {
  const here = `input[${at}]`
  const it = dict(item)
  if (it === undefined) return [bad('input-shape', here, `${here} has to be an object.`, 'invalid_type')]
  const type = itemType(it)
  if (type === 'message') {
    if (!['user', 'assistant', 'system', 'developer'].includes(str(it.role))) {
      return [bad('input-shape', `${here}.role`, `${here} has no role that is known.`, 'invalid_value')]
    }
    return partProblems(it.content, `${here}.content`, it.role === 'assistant' ? ['output_text', 'refusal'] : ['input_text'])
  }
  if (type === 'function_call') {
    const whole = str(it.call_id) !== '' && str(it.name) !== '' && typeof it.arguments === 'string'
    return whole ? [] : [bad('input-shape', here, `${here} needs call_id, name and arguments.`, 'invalid_value')]
  }
  if (type === 'function_call_output') {
    if (str(it.call_id) === '') return [bad('input-shape', `${here}.call_id`, `${here} needs a call_id.`, 'missing_required_parameter')]
    return partProblems(it.output, `${here}.output`, ['input_text'])
  }
  return type === 'reasoning'
    ? []
    : [bad('input-shape', `${here}.type`, `${here}: items of type ${q(type)} are not taken.`, 'invalid_value')]
}

function turnOf(item: unknown): Turn {
  const it = dict(item) ?? {}
  const type = itemType(it)
  if (type === 'function_call') {
    return { role: 'assistant', text: '', calls: [{ id: str(it.call_id), name: str(it.name), args: str(it.arguments) }] }
  }
  if (type === 'function_call_output') return { role: 'tool', text: contentText(it.output), calls: [] }
  if (type === 'reasoning') return { role: 'thought', text: contentText(it.summary), calls: [] }
  return { role: str(it.role), text: contentText(it.content), calls: [] }
}

function orphanProblems(input: unknown[], past: Turn[]): Failure[] {
  const items = input.map((item) => dict(item) ?? {})
  const ids = (type: string) => items.filter((item) => item.type === type).map((item) => str(item.call_id))
  const made = new Set([...past.flatMap((turn) => turn.calls.map((call) => call.id)), ...ids('function_call')])
  const answered = new Set(ids('function_call_output'))
  const orphan = [...answered].find((id) => !made.has(id))
  if (orphan !== undefined) return [bad('history', 'input', `No call ${q(orphan)} was made.`, 'invalid_value')]
  const waiting = ids('function_call').find((id) => !answered.has(id))
  return waiting === undefined ? [] : [bad('history', 'input', `Call ${q(waiting)} has no output.`, 'invalid_value')]
}

/** Everything that is wrong with a Responses request; `past` is undefined when the earlier reply is not known. */
export function responsesProblems(body: Dict, models: string[], past: Turn[] | undefined, thinks: boolean): Failure[] {
  const out = modelProblems(body, models)
  const { input, include } = body
  if (input === undefined && body.previous_response_id === undefined) {
    out.push(bad('no-input', 'input', 'The member input is missing.', 'missing_required_parameter'))
  } else if (input !== undefined && typeof input !== 'string' && !Array.isArray(input)) {
    out.push(bad('input-shape', 'input', 'input is a string or an array of items.', 'invalid_type'))
  }
  if (past === undefined) {
    const message = `There is no response ${q(body.previous_response_id)} to go on from.`
    out.push(bad('previous', 'previous_response_id', message, 'previous_response_not_found'))
  }
  const shape = list(input).flatMap(itemProblems)
  out.push(...(shape.length > 0 ? shape : orphanProblems(list(input), past ?? [])))
  const bounds: Record<string, [number, number, whole?: boolean]> = { temperature: [0, 2], top_p: [0, 1], top_logprobs: [0, 20, true] }
  bounds.max_output_tokens = [1, Number.MAX_SAFE_INTEGER, true]
  out.push(...plainProblems(body, bounds, ['stream', 'store', 'parallel_tool_calls', 'background']))
  if (body.instructions !== undefined && typeof body.instructions !== 'string') {
    out.push(bad('wrong-type', 'instructions', 'instructions has to be a string.', 'invalid_type'))
  }
  out.push(...toolProblems(body.tools, true), ...choiceProblems(body.tool_choice, body.tools, true))
  const odd = list(include).find((one) => !INCLUDABLE.includes(str(one)))
  if (include !== undefined && (!Array.isArray(include) || odd !== undefined)) {
    out.push(bad('include', 'include', `include does not know ${q(odd ?? include)}.`, 'invalid_value'))
  }
  const format = dict(body.text)?.format
  if (format !== undefined && dict(format)?.type !== 'text') {
    out.push(bad('unsupported', 'text.format', 'Only plain text comes out of this server.', 'unsupported_value'))
  }
  for (const name of ['background', 'conversation', 'prompt']) {
    if (body[name] !== undefined && body[name] !== false) {
      out.push(bad('unsupported', name, `${name} is not offered here.`, 'unsupported_parameter'))
    }
  }
  return [...out, ...effortProblems(dict(body.reasoning)?.effort, 'reasoning.effort', thinks)]
}

/** The turns of `input` alone. */
export function inputTurns(body: Dict): Turn[] {
  return typeof body.input === 'string' ? [{ role: 'user', text: body.input, calls: [] }] : list(body.input).map(turnOf)
}

/** A Responses request, understood. */
export function responsesAsk(body: Dict, past: Turn[]): Ask {
  const told = typeof body.instructions === 'string' ? [{ role: 'system', text: body.instructions, calls: [] }] : []
  return {
    model: str(body.model),
    turns: [...told, ...past, ...inputTurns(body)],
    tools: toolsOf(body.tools, true),
    ...choiceOf(body.tool_choice, true),
    several: body.parallel_tool_calls !== false,
    cap: typeof body.max_output_tokens === 'number' ? body.max_output_tokens : Number.POSITIVE_INFINITY,
    stops: [],
    n: 1,
    stream: body.stream === true,
    wantsUsage: true,
    logprobs: list(body.include).includes('message.output_text.logprobs') ? Number(body.top_logprobs ?? 0) : undefined,
    grain: 1,
    body,
  }
}
