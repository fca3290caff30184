import type { Traits, View } from '../types.ts'
import { asArray, asObject } from './read.ts'

// What of a request a server need not offer. Where it is wrong besides, a refusal may speak of either.

/** Members that many servers do not know, of chat completions and responses. */
const members = [
  'logprobs',
  'top_logprobs',
  'reasoning_effort',
  'response_format',
  'stream_options',
  'metadata',
  'include',
  'previous_response_id',
]

const mediaTypes = new Set<unknown>(['image_url', 'input_audio', 'file', 'input_image', 'input_file'])

const turnsOf = (view: View) => {
  const { messages, input } = asObject(view.request) ?? {}
  return [...(asArray(messages) ?? []), ...(asArray(input) ?? [])].map((turn) => asObject(turn) ?? {})
}

const asksForTools = (view: View): boolean => {
  const { tools, tool_choice } = asObject(view.request) ?? {}
  if (tools !== undefined || tool_choice !== undefined) return true
  return turnsOf(view).some(
    ({ role, type, tool_calls }) => role === 'tool' || tool_calls !== undefined || String(type).startsWith('function_call'),
  )
}

/** Whether the request is about tools, and no such request was served in this run: then they are refused as such. */
export const lacksTools = (view: View, traits: Traits): boolean =>
  view.endpoint === 'POST /chat/completions' && !traits.has('tools') && asksForTools(view)

/** Whether the request asks for something that a server may decline, and that it is not known to have. */
export const asksForOptional = (view: View, traits: Traits): boolean => {
  const request = asObject(view.request) ?? {}
  if (members.some((name) => request[name] !== undefined)) return true
  if (turnsOf(view).some(({ content }) => asArray(content)?.some((part) => mediaTypes.has(asObject(part)?.type)))) return true
  return asksForTools(view) && !(view.endpoint === 'POST /chat/completions' && traits.has('tools'))
}
