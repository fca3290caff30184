import type { PastCall, Turn } from '../conversation.ts'
import type { Json } from '../exchange.ts'
import { invalid, missing } from '../refusal.ts'
import { readMedia } from './media.ts'
import { isObject, listOf, object, string } from './members.ts'

const roles = ['developer', 'system', 'user', 'assistant', 'tool']
const media = ['image_url', 'input_audio', 'file']

/** The text of a content, which is a string or an array of text parts. */
export const textOf = (content: Json, path: string, partTypes: readonly string[]): string => {
  if (typeof content === 'string') return content
  listOf(object, 1)(content, path)
  const texts = content.map((part: Json, index: number) => {
    const here = `${path}[${index}]`
    if (part.type === undefined) throw missing(`${here}.type`)
    if (media.includes(part.type))
      throw invalid(`${here}.type`, `This model does not take parts of type '${part.type}'.`, 'unsupported_value')
    if (!partTypes.includes(part.type))
      throw invalid(`${here}.type`, `Invalid '${here}.type': ${JSON.stringify(part.type)} is not a content part.`)
    const member = part.type === 'refusal' ? 'refusal' : 'text'
    if (part[member] === undefined) throw missing(`${here}.${member}`)
    string(part[member], `${here}.${member}`)
    return part[member]
  })
  return texts.join('\n')
}

const readCalls = (calls: Json, path: string): PastCall[] => {
  if (calls === undefined || calls === null) return []
  listOf(object)(calls, path)
  return calls.map((call: Json, index: number) => {
    const here = `${path}[${index}]`
    if (call.id === undefined) throw missing(`${here}.id`)
    string(call.id, `${here}.id`)
    if (!isObject(call.function)) throw missing(`${here}.function`)
    for (const name of ['name', 'arguments']) {
      if (call.function[name] === undefined) throw missing(`${here}.function.${name}`)
      string(call.function[name], `${here}.function.${name}`)
    }
    return { id: call.id, name: call.function.name, arguments: call.function.arguments }
  })
}

const readMessage = (message: Json, path: string): Turn => {
  if (message.role === undefined) throw missing(`${path}.role`)
  if (!roles.includes(message.role)) throw invalid(`${path}.role`, `Invalid '${path}.role': expected one of ${roles.join(', ')}.`)
  const content = `${path}.content`
  if (message.role === 'assistant') {
    const calls = readCalls(message.tool_calls, `${path}.tool_calls`)
    const absent = message.content === undefined || message.content === null
    if (absent && calls.length === 0) throw invalid(content, `Invalid '${content}': content may only be left out beside tool calls.`)
    const text = absent ? '' : textOf(message.content, content, ['text', 'refusal'])
    return calls.length > 0 ? { role: 'assistant', text, calls } : { role: 'assistant', text }
  }
  if (message.content === undefined || message.content === null) throw missing(content)
  const parts = message.role === 'user' ? readMedia(message.content, content) : message.content
  const text = textOf(parts, content, ['text'])
  if (message.role !== 'tool') return { role: message.role === 'user' ? 'user' : 'system', text }
  if (message.tool_call_id === undefined) throw missing(`${path}.tool_call_id`)
  string(message.tool_call_id, `${path}.tool_call_id`)
  return { role: 'tool', text, answers: message.tool_call_id }
}

/** The turns of a conversation. Every call is answered right after it, and nothing is answered that was not called. */
export const readMessages = (messages: Json): Turn[] => {
  if (messages === undefined || messages === null) throw missing('messages')
  listOf(object, 1)(messages, 'messages')
  const pending = new Set<string>()
  const turns = messages.map((message: Json, index: number) => {
    const path = `messages[${index}]`
    const turn = readMessage(message, path)
    const { answers } = turn
    if (answers !== undefined) {
      if (!pending.delete(answers)) throw invalid(path, `Invalid '${path}': no preceding tool call has the id '${answers}'.`)
    } else if (pending.size > 0) {
      throw invalid(path, `Invalid '${path}': tool calls must be answered first: ${[...pending].join(', ')}.`)
    }
    for (const call of turn.calls ?? []) pending.add(call.id)
    return turn
  })
  if (pending.size > 0) throw invalid('messages', `Tool calls without an answer: ${[...pending].join(', ')}.`)
  return turns
}
