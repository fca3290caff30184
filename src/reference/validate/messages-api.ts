import type { Choice, PastCall, Task, Tool, Turn } from '../conversation.ts'
import type { Json } from '../exchange.ts'
import { invalid, missing } from '../refusal.ts'
import { thinks } from '../world.ts'
import { boolean, filled, integer, isObject, listOf, members, number, object, oneOf, string } from './members.ts'
import { requireObjectSchema } from './schema.ts'

const rules = members({
  model: filled,
  max_tokens: integer(1),
  temperature: number(0, 1),
  top_p: number(0, 1),
  top_k: integer(0),
  stop_sequences: listOf(filled),
  stream: boolean,
  metadata: object,
  service_tier: oneOf('auto', 'standard_only'),
  thinking: members({ type: oneOf('enabled', 'disabled', 'adaptive'), budget_tokens: integer(1024) }),
})

/** Blocks of a user and of the assistant that add words to the conversation, and the member that holds them. */
const spoken: Readonly<Record<string, string>> = { text: 'text', thinking: 'thinking' }
const silent = ['redacted_thinking']
const media = ['image', 'document']

const textOf = (content: Json, path: string): string => {
  if (typeof content === 'string') return content
  listOf(object)(content, path)
  return content.map((block: Json, index: number) => spokenText(block, `${path}.${index}`)).join('\n')
}

const spokenText = (block: Json, path: string): string => {
  if (block.type === undefined) throw missing(`${path}.type`)
  if (silent.includes(block.type)) return ''
  if (media.includes(block.type)) throw invalid(`${path}.type`, `${path}: this model does not take blocks of type '${block.type}'.`)
  const member = spoken[block.type]
  if (member === undefined) throw invalid(`${path}.type`, `${path}.type: ${JSON.stringify(block.type)} is not a content block.`)
  if (block[member] === undefined) throw missing(`${path}.${member}`)
  string(block[member], `${path}.${member}`)
  return block[member]
}

const readCall = (block: Json, path: string): PastCall => {
  for (const name of ['id', 'name']) {
    if (block[name] === undefined) throw missing(`${path}.${name}`)
    filled(block[name], `${path}.${name}`)
  }
  object(block.input, `${path}.input`)
  return { id: block.id, name: block.name, arguments: JSON.stringify(block.input) }
}

/** The turns of one message: its words, its calls, and one turn for every result. */
const readMessage = (message: Json, path: string): Turn[] => {
  oneOf('user', 'assistant')(message.role, `${path}.role`)
  const { role, content } = message
  if (content === undefined || content === null) throw missing(`${path}.content`)
  if (typeof content === 'string') return [{ role, text: content }]
  listOf(object, role === 'user' ? 1 : 0)(content, `${path}.content`)
  const calls: PastCall[] = []
  const results: Turn[] = []
  const texts: string[] = []
  for (const [index, block] of content.entries()) {
    const here = `${path}.content.${index}`
    if (role === 'assistant' && block.type === 'tool_use') calls.push(readCall(block, here))
    else if (role === 'user' && block.type === 'tool_result') {
      filled(block.tool_use_id, `${here}.tool_use_id`)
      results.push({ role: 'tool', text: textOf(block.content ?? '', `${here}.content`), answers: block.tool_use_id })
    } else texts.push(spokenText(block, here))
  }
  const words = texts.length > 0 || role === 'assistant' ? [{ role, text: texts.join('\n'), ...(calls.length > 0 ? { calls } : {}) }] : []
  return [...results, ...words]
}

/** Every use of a tool is answered in the message right after it, and nothing is answered that was not used. */
const readTurns = (messages: Json): Turn[] => {
  if (messages === undefined || messages === null) throw missing('messages')
  listOf(object, 1)(messages, 'messages')
  let pending = new Set<string>()
  const turns = messages.flatMap((message: Json, index: number) => {
    const path = `messages.${index}`
    const read = readMessage(message, path)
    for (const { answers } of read) {
      if (answers !== undefined && !pending.delete(answers))
        throw invalid(path, `${path}: unexpected 'tool_use_id' found in 'tool_result' blocks: ${answers}.`)
    }
    if (pending.size > 0)
      throw invalid(path, `${path}: 'tool_use' ids were found without 'tool_result' blocks: ${[...pending].join(', ')}.`)
    pending = new Set(read.flatMap(({ calls }) => calls ?? []).map(({ id }) => id))
    return read
  })
  if (pending.size > 0) throw invalid('messages', `messages: 'tool_use' ids without 'tool_result' blocks: ${[...pending].join(', ')}.`)
  return turns
}

const readTools = (tools: Json): Tool[] => {
  if (tools === undefined || tools === null) return []
  listOf(object)(tools, 'tools')
  return tools.map((tool: Json, index: number) => {
    const path = `tools.${index}`
    if (tool.name === undefined) throw missing(`${path}.name`)
    filled(tool.name, `${path}.name`)
    if (tool.input_schema === undefined) throw missing(`${path}.input_schema`)
    requireObjectSchema(tool.input_schema, `${path}.input_schema`, tool.name, 'invalid_request')
    return { name: tool.name, parameters: tool.input_schema, strict: true, declared: tool }
  })
}

const readChoice = (choice: Json, tools: readonly Tool[]): Choice => {
  if (choice === undefined || choice === null) return { mode: tools.length > 0 ? 'auto' : 'none' }
  object(choice, 'tool_choice')
  oneOf('auto', 'any', 'tool', 'none')(choice.type, 'tool_choice.type')
  if (tools.length === 0) throw invalid('tool_choice', "tool_choice: only allowed when 'tools' are given.")
  if (choice.type !== 'tool') return { mode: choice.type === 'any' ? 'required' : choice.type }
  if (!tools.some(({ name }) => name === choice.name)) throw invalid('tool_choice.name', `tool_choice: tool '${choice.name}' not found.`)
  return { mode: 'required', only: [choice.name] }
}

/** Checks a request for a message and says what the model is asked to do; throws a refusal. */
export const readMessagesRequest = (body: Json): Task => {
  for (const name of ['model', 'max_tokens']) if (body[name] === undefined || body[name] === null) throw missing(name)
  const turns = readTurns(body.messages)
  rules(body, '')
  const { thinking } = body
  const isThinking = isObject(thinking) && thinking.type !== 'disabled'
  if (isThinking && !thinks(body.model)) throw invalid('thinking', `thinking: the model '${body.model}' does not think.`)
  if (isThinking && thinking.budget_tokens >= body.max_tokens)
    throw invalid('thinking.budget_tokens', "thinking.budget_tokens: must be below 'max_tokens'.")
  const system = body.system === undefined || body.system === null ? '' : textOf(body.system, 'system')
  const tools = readTools(body.tools)
  return {
    model: body.model,
    turns: system === '' ? turns : [{ role: 'system', text: system }, ...turns],
    tools,
    choice: readChoice(body.tool_choice, tools),
    parallel: body.tool_choice?.disable_parallel_tool_use !== true,
    stops: body.stop_sequences ?? [],
    cap: body.max_tokens,
    format: 'text',
    effort: isThinking ? 'medium' : 'none',
  }
}
