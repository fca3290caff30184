import type { JsonObject, SseEvent, View } from '../types.ts'
import { isErrorEvent, isErrorText } from './failure.ts'
import { asArray, asInteger, asObject, asString, isChunk, isDone, perView, type StreamEntry, streamEntries } from './read.ts'

// What several checks of chat completions read alike. Nothing here throws or repairs, whatever an endpoint sends.

/** How many choices the request asked for. */
export const askedChoices = (view: View): number => Math.max(1, asInteger(asObject(view.request)?.n) ?? 1)

/** The output cap of the request, under whichever of its two names. */
export const capOf = (view: View): number | undefined => {
  const request = asObject(view.request)
  return asInteger(request?.max_completion_tokens) ?? asInteger(request?.max_tokens)
}

export const wantsUsage = (view: View): boolean => asObject(asObject(view.request)?.stream_options)?.include_usage === true

/** The token counts of a completion, folded or plain. */
export const usageOf = (view: View): JsonObject | undefined => asObject(asObject(view.completion)?.usage)

export const promptTokens = (view: View): number | undefined => positive(usageOf(view)?.prompt_tokens)

export const completionTokens = (view: View): number | undefined => asInteger(usageOf(view)?.completion_tokens)

/** Zero is no count of a prompt: that defect has a requirement of its own. */
const positive = (value: unknown): number | undefined => {
  const count = asInteger(value)
  return count !== undefined && count > 0 ? count : undefined
}

/** The messages of the request as one text, to tell whether two steps asked the same. */
export const promptKey = (view: View): string => {
  const request = asObject(view.request)
  return JSON.stringify([request?.messages, request?.tools])
}

/** The names under which endpoints send thoughts beside the answer. */
const reasoningMembers = ['reasoning_content', 'reasoning'] as const

export const reasoningText = (message: JsonObject | undefined): string => {
  for (const member of reasoningMembers) {
    const text = asString(message?.[member])
    if (text) return text
  }
  return ''
}

export const hasReasoning = (message: JsonObject | undefined): boolean =>
  reasoningText(message) !== '' || (asArray(message?.reasoning_details)?.length ?? 0) > 0

/** Length of all text that the model is known to have produced for a choice: answer, thoughts, refusal, calls. */
export const producedLength = (choice: JsonObject): number => {
  const message = asObject(choice.message)
  let length = (asString(message?.content)?.length ?? 0) + (asString(message?.refusal)?.length ?? 0) + reasoningText(message).length
  for (const call of asArray(message?.tool_calls) ?? []) {
    const called = asObject(asObject(call)?.function)
    length += (asString(called?.name)?.length ?? 0) + (asString(called?.arguments)?.length ?? 0)
  }
  return length
}

/** The name of the first member of a delta that adds something to the answer; empty strings and lists add nothing. */
export const payloadOf = (delta: JsonObject | undefined): string | undefined => {
  if (!delta) return undefined
  for (const member of ['content', 'refusal', 'reasoning_content', 'reasoning', 'reasoning_details', 'tool_calls'] as const) {
    const value = delta[member]
    if ((typeof value === 'string' || Array.isArray(value)) && value.length > 0) return member
  }
  return asObject(delta.function_call) ? 'function_call' : undefined
}

/** The line that a prompt of the form `Repeat this line exactly: <line>` asks for. */
export const lineAsked = (view: View): string | undefined => {
  const messages = asArray(asObject(view.request)?.messages) ?? []
  const last = asString(asObject(messages[messages.length - 1])?.content)
  return last?.match(/: (\S.*)/s)?.[1]
}

/** A choice finishes behind the sentinel, and none before it: the sentinel came too early. */
export const isDoneEarly = (view: View): boolean => {
  const done = doneEvent(view)
  if (!done) return false
  let before = 0
  let after = 0
  eachEntry(view, ({ event, choice }) => {
    if (typeof choice.finish_reason === 'string') event.index < done.index ? before++ : after++
  })
  return before === 0 && after > 0
}

/** The event of the sentinel, the first where there are several. */
export const doneEvent = perView((view): SseEvent | undefined => view.events.find(isDone))

/** The stream reported a failure: what it then lacks is a consequence. Some gateways put the error beside choices. */
export const hasFailed = perView((view): boolean =>
  view.events.some((event) => isErrorEvent(event) || asObject(asObject(event.json)?.error) !== undefined),
)

/**
 * The chunk of content filter results that Azure sends before the answer: no choices, and empty names.
 * https://github.com/vercel/ai packages/azure/src/__fixtures__
 */
const isPromptFilter = (chunk: JsonObject): boolean =>
  chunk.prompt_filter_results !== undefined && chunk.id === '' && chunk.object === '' && asArray(chunk.choices)?.length === 0

const chunksOf = perView((view): readonly SseEvent[] =>
  view.events.filter((event) => {
    const chunk = asObject(event.json)
    return chunk !== undefined && isChunk(chunk) && !isErrorEvent(event) && !isPromptFilter(chunk)
  }),
)

/** Visits the objects of a stream that are chunks: no failures, no filter results. */
export const eachChunk = (view: View, visit: (chunk: JsonObject, event: SseEvent) => void): void => {
  for (const event of chunksOf(view)) visit(event.json as JsonObject, event)
}

/** Data in which a chunk went under: broken JSON, JSON in a string or a list, several values, or a line without its field name. */
const holdsLostChunk = ({ json, data }: SseEvent): boolean =>
  data !== undefined ? data.includes('{') && !isErrorText(data) : typeof json === 'string' ? json.includes('{') : Array.isArray(json)

/** Chunks were lost below the level of chunks, so that nothing follows from what is missing in the rest. */
export const isDamaged = perView(
  (view): boolean =>
    view.events.some(holdsLostChunk) ||
    (view.framing?.unknownLines ?? []).some(([from, to]) => view.body.subarray(from, to).includes(0x7b)),
)

/** Every chunk has a list of choices, and every choice says which one it is. */
const isComplete = perView((view): boolean => {
  if (isDamaged(view)) return false
  let entries = 0
  for (const event of view.events) {
    const chunk = asObject(event.json)
    const choices = asArray(chunk?.choices)
    if (choices) entries += choices.length
    else if (chunk && isChunk(chunk) && !isErrorEvent(event)) return false
  }
  return entries === streamEntries(view).length
})

/**
 * Visits every choice entry that says which choice it belongs to, whatever else is wrong with it.
 * @returns whether every entry said so; where one did not, nothing can be missed
 */
export const eachEntry = (view: View, visit: (entry: StreamEntry) => void): boolean => {
  for (const entry of streamEntries(view)) visit(entry)
  return isComplete(view)
}

/** The texts of the choices' messages, folded or plain; what is no text is left out. */
export const contentOf = (choice: JsonObject | undefined): string | undefined => asString(asObject(choice?.message)?.content)

/** The stop sequences of the request, which takes one or several. */
export const stopsOf = (view: View): readonly string[] =>
  [asObject(view.request)?.stop].flat().filter((stop) => typeof stop === 'string' && stop !== '') as string[]

/** A refusal of something that is owed; what is wrong with key, load or server has other statuses. */
export const isRefused = ({ response: { status } }: View): boolean => [400, 404, 405, 415, 422, 501].includes(status)

/** Several steps of a probe, long and short prompts among them, all with the same count: it counts nothing. */
export const neverCounts = (views: readonly View[]): boolean => {
  const counts = views.map(promptTokens).filter((count) => count !== undefined)
  return counts.length > 2 && counts.every((count) => count === counts[0])
}

const misshaping = new Set(['stream.choices-array', 'stream.choice-shape', 'stream.content-type'])

/** Parts of the answer were lost, or came in a shape that cannot be joined: the text that is left is not what was sent. */
export const isMisshapen = (view: View): boolean =>
  view.streamed && (isDamaged(view) || view.shape.some(({ requirement }) => misshaping.has(requirement)))

/** No vocabulary has tokens of this mean length; text above it breaks a cap whatever was counted. */
export const longestMeanToken = 24
