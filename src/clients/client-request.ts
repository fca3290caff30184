import type { ClientApi, JsonObject } from '../types.ts'
import { asList, asObject } from './loose.ts'

/** A request of a session has about 31 kB, and asks for 32,000 tokens at the most (contract, section 2.3). */
const mostBytes = 64 * 1024
const mostTokens = 32_000

const members: Readonly<Record<ClientApi, ReadonlySet<string>>> = {
  chat: new Set(['model', 'messages', 'tools', 'tool_choice', 'stream', 'stream_options', 'max_tokens', 'temperature']),
  responses: new Set([
    'model',
    'input',
    'tools',
    'tool_choice',
    'stream',
    'max_output_tokens',
    'store',
    'include',
    'prompt_cache_key',
    'temperature',
  ]),
}
const messageMembers: Readonly<Record<ClientApi, ReadonlySet<string>>> = {
  chat: new Set(['role', 'content', 'tool_calls', 'tool_call_id', 'reasoning_content']),
  // RQ-43: neither ids nor states of items
  responses: new Set(['role', 'content', 'type', 'call_id', 'name', 'arguments', 'output']),
}
const toolMembers = new Set(['type', 'name', 'description', 'parameters', 'strict'])

const hasOnly = (value: JsonObject, known: ReadonlySet<string>): boolean => Object.keys(value).every((name) => known.has(name))

/** RQ-41: parts in every message of a user. */
const isParts = (content: unknown): boolean =>
  asList(content).length > 0 && asList(content).every((part) => /^(?:input|output)_text$/.test(String(asObject(part)?.type)))

const isChatMessage = (message: unknown, position: number, thinks: boolean): boolean => {
  const own = asObject(message)
  // RQ-21: an empty string beside calls, never null
  if (!own || !hasOnly(own, messageMembers.chat) || typeof own.content !== 'string') return false
  // RQ-22: thoughts go back with the answer they belong to
  if (own.role === 'assistant' && (own.reasoning_content !== undefined) !== thinks) return false
  return own.role === 'system' ? position === 0 : own.role !== 'developer'
}

const isItem = (item: unknown, position: number): boolean => {
  const own = asObject(item)
  if (!own || !hasOnly(own, messageMembers.responses)) return false
  if (own.type === 'function_call' || own.type === 'function_call_output') return true
  if (own.role === 'system' || own.role === 'developer') return position === 0 && typeof own.content === 'string'
  return own.type === undefined && isParts(own.content)
}

/** Whether a request brings the thoughts of a turn back, as OpenCode does. */
export const returnsThoughts = (request: JsonObject | undefined): boolean =>
  asList(request?.messages).some((message) => typeof asObject(message)?.reasoning_content === 'string')

/**
 * Whether OpenCode could have sent this very request, but for the stream, so that a refusal of it is one of OpenCode's own: what has other members,
 * images or a longer prompt may be refused without anybody there noticing.
 */
export const isSessionRequest = (api: ClientApi, request: JsonObject | undefined, bytes: number, thinks = false): boolean => {
  if (!request || bytes > mostBytes || !hasOnly(request, members[api])) return false
  const cap = api === 'chat' ? request.max_tokens : request.max_output_tokens
  if (typeof cap === 'number' && cap > mostTokens) return false
  if (request.tool_choice !== undefined && request.tool_choice !== 'auto') return false
  if (request.store !== undefined && request.store !== false) return false
  const options = asObject(request.stream_options)
  if (options && !hasOnly(options, new Set(['include_usage']))) return false
  const tools = asList(request.tools).map((tool) => asObject(asObject(tool)?.function) ?? asObject(tool))
  if (
    !tools.every(
      (tool) => tool && hasOnly(tool, toolMembers) && (tool.strict === undefined || (api === 'responses' && tool.strict === false)),
    )
  )
    return false
  if (api === 'responses') return asList(request.input).length > 0 && asList(request.input).every(isItem)
  const messages = asList(request.messages)
  return messages.every((message, position) => isChatMessage(message, position, thinks)) && asObject(messages.at(-1))?.role !== 'assistant'
}

/** Members that change what an answer looks like, and that neither OpenCode nor the AI SDK ever sends. */
export const changesAnswer = (request: JsonObject | undefined): boolean =>
  request === undefined ||
  (typeof request.n === 'number' && request.n > 1) ||
  request.functions !== undefined ||
  request.modalities !== undefined ||
  request.background === true ||
  asList(request.tools).some((tool) => asObject(tool)?.type !== 'function')
