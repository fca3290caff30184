import type { JsonObject, SseEvent } from '../../types.ts'

type Mutable = { [member: string]: unknown }

/**
 * Folds the chunks of a chat stream into the object that the same request without `stream` would have given.
 * Total, never throws, never repairs: a member of the wrong type is left out, so that later checks answer
 * `unobserved` and the shape keeps the blame.
 * @returns undefined when no event was a chunk
 */
export const foldChat = (events: readonly SseEvent[]): unknown => {
  const completion: Mutable = { object: 'chat.completion' }
  const choices = new Map<number, Choice>()
  let chunks = 0
  let wanted: readonly Once[] = onceMembers
  for (const { json } of events) {
    if (!isObject(json) || !Array.isArray(json.choices)) continue
    chunks++
    if (wanted.length > 0) wanted = wanted.filter((member) => !take(completion, json, member))
    if (isObject(json.usage)) completion.usage = json.usage
    for (const entry of json.choices) {
      if (isObject(entry) && typeof entry.index === 'number' && Number.isInteger(entry.index)) foldChoice(choices, entry.index, entry)
    }
  }
  if (chunks === 0) return undefined
  completion.choices = [...choices.values()].sort((one, other) => one.index - other.index).map(finishChoice)
  return completion
}

type Once = readonly [name: string, type: string]

/** @returns whether there is nothing more to look for: an empty value may still be followed by a better one */
const take = (completion: Mutable, json: JsonObject, [name, type]: Once): boolean => {
  if (typeof json[name] === type) completion[name] = json[name]
  return Boolean(completion[name])
}

/** Members that every chunk repeats. */
const onceMembers: readonly Once[] = [
  ['id', 'string'],
  ['created', 'number'],
  ['model', 'string'],
  ['system_fingerprint', 'string'],
  ['service_tier', 'string'],
]

interface Choice {
  index: number
  message: Mutable
  calls: Map<number, Call>
  finish: unknown
  logprobs: unknown[] | undefined
  details: unknown[] | undefined
  /** Members of the message of which a fragment had the wrong type: a text with a hole is no text. */
  spoilt: Set<string>
}

interface Call {
  id?: string
  type?: string
  name?: string
  arguments?: string
  spoilt?: boolean
}

/** Text members that grow by appending; the two reasoning names are those of the field's largest families. */
const growing = ['content', 'refusal', 'reasoning_content', 'reasoning'] as const

const foldChoice = (choices: Map<number, Choice>, index: number, entry: JsonObject): void => {
  let choice = choices.get(index)
  if (!choice) {
    choice = { index, message: {}, calls: new Map(), finish: null, logprobs: undefined, details: undefined, spoilt: new Set() }
    choices.set(index, choice)
  }
  const { message } = choice
  if (typeof entry.finish_reason === 'string' && choice.finish === null) choice.finish = entry.finish_reason
  if (isObject(entry.logprobs) && Array.isArray(entry.logprobs.content)) choice.logprobs = append(choice.logprobs, entry.logprobs.content)
  if (!isObject(entry.delta)) return
  const { delta } = entry
  if (typeof delta.role === 'string' && message.role === undefined) message.role = delta.role
  for (const name of growing) {
    const piece = delta[name]
    if (typeof piece === 'string') message[name] = typeof message[name] === 'string' ? (message[name] as string) + piece : piece
    else if (piece !== undefined && piece !== null) choice.spoilt.add(name)
  }
  if (Array.isArray(delta.reasoning_details)) choice.details = append(choice.details, delta.reasoning_details)
  if (Array.isArray(delta.tool_calls)) for (const call of delta.tool_calls) foldCall(choice, call)
}

/** One by one: a list may be longer than a call can have arguments. */
const append = (list: unknown[] | undefined, more: readonly unknown[]): unknown[] => {
  const result = list ?? []
  for (const element of more) result.push(element)
  return result
}

/** Found by index; id, type and name are set once, arguments are appended: the rule of the official accumulators. */
const foldCall = (choice: Choice, entry: unknown): void => {
  if (!isObject(entry) || typeof entry.index !== 'number' || !Number.isInteger(entry.index)) return
  const call = choice.calls.get(entry.index) ?? {}
  choice.calls.set(entry.index, call)
  if (typeof entry.id === 'string' && entry.id !== '') call.id ??= entry.id
  if (typeof entry.type === 'string' && entry.type !== '') call.type ??= entry.type
  if (!isObject(entry.function)) return
  if (typeof entry.function.name === 'string' && entry.function.name !== '') call.name ??= entry.function.name
  const piece = entry.function.arguments
  if (typeof piece === 'string') call.arguments = (call.arguments ?? '') + piece
  else if (piece !== undefined && piece !== null) call.spoilt = true
}

const finishChoice = ({ index, message, calls, finish, logprobs, details, spoilt }: Choice): JsonObject => {
  const folded: Mutable = { ...message, ...(details ? { reasoning_details: details } : {}) }
  if (folded.content === undefined) folded.content = null
  for (const name of spoilt) delete folded[name]
  if (calls.size > 0) folded.tool_calls = [...calls.entries()].sort(([one], [other]) => one - other).map(([, call]) => finishCall(call))
  return { index, message: folded, finish_reason: finish, logprobs: logprobs ? { content: logprobs } : null }
}

const finishCall = ({ id, type, name, arguments: text, spoilt }: Call): JsonObject => ({
  ...(id === undefined ? {} : { id }),
  ...(type === undefined ? {} : { type }),
  function: { ...(name === undefined ? {} : { name }), ...(text === undefined || spoilt ? {} : { arguments: text }) },
})

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)
