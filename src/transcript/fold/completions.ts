import type { JsonObject, SseEvent } from '../../types.ts'

type Mutable = { [member: string]: unknown }

/**
 * Folds the chunks of a stream of POST /completions into the object that the same request without `stream` would have given.
 * Total, never throws, never repairs: a text with a piece of another type is left out.
 * @returns undefined when no event was a chunk
 */
export const foldCompletions = (events: readonly SseEvent[]): unknown => {
  const completion: Mutable = { object: 'text_completion' }
  const choices = new Map<number, Choice>()
  let chunks = 0
  for (const { json } of events) {
    if (!isObject(json) || !Array.isArray(json.choices)) continue
    chunks++
    for (const [name, type] of onceMembers) if (!completion[name] && typeof json[name] === type) completion[name] = json[name]
    if (isObject(json.usage)) completion.usage = json.usage
    for (const entry of json.choices) if (isObject(entry) && Number.isInteger(entry.index)) foldChoice(choices, entry)
  }
  if (chunks === 0) return undefined
  completion.choices = [...choices.values()].sort((one, other) => one.index - other.index).map(finishChoice)
  return completion
}

const onceMembers = [
  ['id', 'string'],
  ['created', 'number'],
  ['model', 'string'],
  ['system_fingerprint', 'string'],
] as const

interface Choice {
  readonly index: number
  text: string
  spoilt: boolean
  finish: unknown
  /** The lists of the older form of log probabilities, joined. */
  logprobs: Record<string, unknown[]> | undefined
}

const lists = ['tokens', 'token_logprobs', 'top_logprobs', 'text_offset'] as const

const foldChoice = (choices: Map<number, Choice>, entry: JsonObject): void => {
  const index = entry.index as number
  const choice = choices.get(index) ?? { index, text: '', spoilt: false, finish: null, logprobs: undefined }
  choices.set(index, choice)
  const { text, finish_reason: finish, logprobs } = entry
  if (typeof text === 'string') choice.text += text
  else if (text !== undefined && text !== null) choice.spoilt = true
  if (typeof finish === 'string' && choice.finish === null) choice.finish = finish
  if (!isObject(logprobs)) return
  for (const name of lists) {
    const more = logprobs[name]
    if (!Array.isArray(more)) continue
    choice.logprobs ??= {}
    choice.logprobs[name] ??= []
    for (const element of more) choice.logprobs[name].push(element)
  }
}

const finishChoice = ({ index, text, spoilt, finish, logprobs }: Choice): JsonObject => ({
  index,
  ...(spoilt ? {} : { text }),
  logprobs: logprobs ?? null,
  finish_reason: finish,
})

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)
