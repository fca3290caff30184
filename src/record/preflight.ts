import { looksAbsent } from '../judge/refusal.ts'
import { toView } from '../transcript/view.ts'
import type { Exchange, JsonObject, Trait, Traits, View } from '../types.ts'

export interface FoundTrait {
  readonly name: Trait
  readonly how: string
}

/**
 * What the answer to a baseline request tells of the model, so that the next attempt can be sent as this model wants it.
 * Only what the endpoint says itself counts; nothing is concluded from a vendor's name.
 */
export const findTraits = (exchange: Exchange, known: Traits): readonly FoundTrait[] => {
  const view = toView(exchange, () => [])
  if (!view) return []
  const found = [...speaksLikeAzure(view), ...(view.response.status >= 400 ? refusedMember(view) : thinking(view))]
  return found.filter(({ name }) => !known.has(name))
}

/** Headers that the gateway of Azure puts on every answer. */
const speaksLikeAzure = ({ response }: View): readonly FoundTrait[] => {
  const name = response.headers.map(([header]) => header.toLowerCase()).find((header) => /^(apim-request-id|x-ms-region)$/.test(header))
  return name === undefined ? [] : [{ name: 'azure', how: `answers have ${name}` }]
}

/** The member that the error names: OpenAI's reasoning models refuse `max_tokens` and `temperature` in this way. */
const refusedMember = ({ json, request }: View): readonly FoundTrait[] => {
  const error = (json as JsonObject | undefined)?.error as JsonObject | undefined
  const message = typeof error?.message === 'string' ? error.message : ''
  const words = `${message} ${typeof error?.param === 'string' ? error.param : ''}`
  const asked = (request ?? {}) as JsonObject
  if ('max_tokens' in asked && /max_completion_tokens/.test(words))
    return [{ name: 'max-completion-tokens', how: `refused max_tokens: ${message}` }]
  if ('temperature' in asked && /temperature/.test(words)) return [{ name: 'no-temperature', how: `refused temperature: ${message}` }]
  return []
}

const thinking = ({ completion }: View): readonly FoundTrait[] => {
  const how = chatThoughts(completion) ?? responsesThoughts(completion) ?? messageThoughts(completion)
  return how === undefined ? [] : [{ name: 'thinks', how }]
}

const chatThoughts = (completion: unknown): string | undefined => {
  const { choices, usage } = (completion ?? {}) as { choices?: unknown; usage?: JsonObject | null }
  const message = (Array.isArray(choices) ? (choices[0] as JsonObject | undefined)?.message : undefined) as JsonObject | undefined | null
  for (const name of ['reasoning_content', 'reasoning'])
    if (typeof message?.[name] === 'string' && message[name] !== '') return `the message has ${name}`
  if (Array.isArray(message?.reasoning_details) && message.reasoning_details.length > 0) return 'the message has reasoning_details'
  if (typeof message?.content === 'string' && /^\s*<think>[\s\p{Lu}]/u.test(message.content)) return 'the content starts with <think>'
  return positive((usage?.completion_tokens_details as JsonObject | undefined | null)?.reasoning_tokens)
}

const responsesThoughts = (completion: unknown): string | undefined => {
  const { output, usage } = (completion ?? {}) as { output?: unknown; usage?: JsonObject | null }
  if (Array.isArray(output) && output.some((item) => (item as JsonObject | null)?.type === 'reasoning'))
    return 'the output has a reasoning item'
  return positive((usage?.output_tokens_details as JsonObject | undefined | null)?.reasoning_tokens)
}

const messageThoughts = (completion: unknown): string | undefined => {
  const { type, content } = (completion ?? {}) as { type?: unknown; content?: unknown }
  const isThought = (block: unknown) => /^(redacted_)?thinking$/.test(String((block as JsonObject | null)?.type))
  return type === 'message' && Array.isArray(content) && content.some(isThought) ? 'the message has a thinking block' : undefined
}

const positive = (tokens: unknown): string | undefined =>
  typeof tokens === 'number' && tokens > 0 ? `usage counts ${tokens} reasoning tokens` : undefined

/** Whether the cap left no room for an answer: then a larger one is worth another attempt. */
export const cutBeforeAnswer = (exchange: Exchange): boolean => {
  const completion = toView(exchange, () => [])?.completion as JsonObject | undefined
  const choice = (Array.isArray(completion?.choices) ? completion.choices[0] : undefined) as JsonObject | undefined
  // a plain continuation is text from its first token on, so that a cut says nothing of thoughts
  if (choice && 'text' in choice) return false
  if (choice) return choice.finish_reason === 'length' && !(choice.message as JsonObject | undefined)?.content
  if (completion?.stop_reason === 'max_tokens' && Array.isArray(completion.content))
    return !completion.content.some((block) => /^(text|tool_use)$/.test(String((block as JsonObject | null)?.type)))
  if (completion?.status !== 'incomplete') return false
  return Array.isArray(completion.output) && !completion.output.some((item) => (item as JsonObject | null)?.type === 'message')
}

/** Endpoints that can stream what they answer. */
const streams = /^POST \/(chat\/completions|responses|completions|messages)$/

/**
 * Whether a plain request was refused, maybe because the model answers in streams only: the same is then worth asking for as a
 * stream. A refusal that says that there is no such path or model says enough.
 */
export const mayOnlyStream = ({ request, outcome }: Exchange): boolean => {
  if (outcome.kind !== 'response' || !streams.test(request.endpoint)) return false
  if (![400, 415, 422, 501].includes(outcome.status)) return false
  return /stream/i.test(Buffer.from(outcome.body.subarray(0, 4096)).toString('utf8')) || !looksAbsent(outcome.status, outcome.body)
}
