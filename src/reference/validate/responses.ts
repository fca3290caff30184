import type { Task, Turn } from '../conversation.ts'
import type { Json } from '../exchange.ts'
import { invalid, missing, unsupported } from '../refusal.ts'
import { thinks } from '../world.ts'
import { efforts, readFormat } from './chat.ts'
import { readInput } from './items.ts'
import { array, boolean, filled, integer, listOf, mapOf, members, number, object, oneOf, string } from './members.ts'
import { readChoice, readTools } from './tools.ts'

const includable = [
  'reasoning.encrypted_content',
  'message.output_text.logprobs',
  'message.input_image.image_url',
  'file_search_call.results',
  'web_search_call.action.sources',
  'web_search_call.results',
  'computer_call_output.output.image_url',
  'code_interpreter_call.outputs',
]

const rules = members({
  model: filled,
  instructions: string,
  temperature: number(0, 2),
  top_p: number(0, 1),
  max_output_tokens: integer(1),
  max_tool_calls: integer(1),
  tools: array,
  parallel_tool_calls: boolean,
  previous_response_id: string,
  store: boolean,
  stream: boolean,
  stream_options: members({ include_obfuscation: boolean }),
  background: boolean,
  include: listOf(oneOf(...includable)),
  metadata: mapOf(string),
  reasoning: members({ effort: oneOf(...efforts), summary: oneOf('auto', 'concise', 'detailed') }),
  text: members({ format: object, verbosity: oneOf('low', 'medium', 'high') }),
  truncation: oneOf('auto', 'disabled'),
  top_logprobs: integer(0, 20),
  service_tier: oneOf('auto', 'default', 'flex', 'scale', 'priority'),
  user: string,
  safety_identifier: string,
  prompt_cache_key: string,
})

const refused = ['conversation', 'prompt', 'context_management']

/**
 * Checks a Responses request and says what the model is asked to do; throws a refusal.
 * @param history the turns of the previous response, without its instructions
 */
export const readResponses = (body: Json, history: readonly Turn[]): Task => {
  if (body.model === undefined || body.model === null) throw missing('model')
  for (const name of refused) if (body[name] !== undefined && body[name] !== null) throw unsupported(name)
  const continues = typeof body.previous_response_id === 'string'
  if ((body.input === undefined || body.input === null) && !continues) throw missing('input')
  rules(body, '')
  if (body.background === true && body.store === false) throw invalid('background', "'background' needs 'store'.")
  if (body.reasoning?.effort && body.reasoning.effort !== 'none' && !thinks(body.model)) throw unsupported('reasoning.effort')
  const tools = readTools(body.tools, true)
  const own = body.input === undefined || body.input === null ? [] : readInput(body.input, history)
  const head: Turn[] = body.instructions ? [{ role: 'system', text: body.instructions }] : []
  return {
    model: body.model,
    turns: [...head, ...history, ...own],
    tools,
    choice: readChoice(body.tool_choice, tools, true),
    parallel: body.parallel_tool_calls !== false,
    stops: [],
    ...(typeof body.max_output_tokens === 'number' ? { cap: body.max_output_tokens } : {}),
    format: readFormat(body.text?.format, 'text.format', true),
    effort: thinks(body.model) ? (body.reasoning?.effort ?? 'medium') : 'none',
  }
}
