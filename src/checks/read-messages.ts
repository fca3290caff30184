import type { JsonObject, SseEvent, View } from '../types.ts'
import { isErrorEvent } from './failure.ts'
import { asArray, asInteger, asObject, asString, perView } from './read.ts'

// What the checks of the Messages API need to know of a reply, so that all of them draw the same lines.

/** The reply as a message, folded or plain; undefined for whatever else was answered. */
export const messageOf = (view: View): JsonObject | undefined => {
  const message = asObject(view.completion)
  return message?.type === 'message' ? message : undefined
}

export interface PlacedBlock {
  readonly block: JsonObject
  /** Inside the message. */
  readonly pointer: string
}

export const blocksOf = (message: JsonObject | undefined): readonly PlacedBlock[] =>
  (asArray(message?.content) ?? []).flatMap((value, index) => {
    const block = asObject(value)
    return block ? [{ block, pointer: `/content/${index}` }] : []
  })

/** Members of blocks that hold what the model wrote. */
const written = ['text', 'thinking'] as const

/** Characters that the model is known to have written: words, thoughts, names and inputs. */
export const writtenLength = (message: JsonObject): number => {
  let length = 0
  for (const { block } of blocksOf(message)) {
    for (const name of written) length += asString(block[name])?.length ?? 0
    if (block.type === 'tool_use') length += (asString(block.name)?.length ?? 0) + inputLength(block.input)
  }
  return length
}

const inputLength = (input: unknown): number => {
  try {
    return JSON.stringify(input ?? '').length
  } catch {
    return 0
  }
}

export const outputTokens = (message: JsonObject | undefined): number | undefined => asInteger(asObject(message?.usage)?.output_tokens)

export const askedTokens = (view: View): number | undefined => asInteger(asObject(view.request)?.max_tokens)

/** A tool that a request declares by itself; tools of the server have types of their own. */
export const toolsOf = (view: View): ReadonlyMap<string, JsonObject> => {
  const tools = new Map<string, JsonObject>()
  for (const entry of asArray(asObject(view.request)?.tools) ?? []) {
    const tool = asObject(entry)
    const name = asString(tool?.name)
    if (tool && name !== undefined) tools.set(name, tool)
  }
  return tools
}

/** Reasons after which the last block may be unfinished, whatever it is. */
export const isCut = (message: JsonObject): boolean =>
  !['end_turn', 'tool_use', 'stop_sequence'].includes(asString(message.stop_reason) ?? '')

export interface StreamedEvent {
  readonly event: SseEvent
  readonly data: JsonObject
  readonly type: string
}

export interface MessageStream {
  /** The events that are objects with a type, errors left out. */
  readonly events: readonly StreamedEvent[]
  /** The stream reported a failure: what it then lacks is a consequence. */
  readonly failed: boolean
  /** Events were lost below the grammar: nothing follows from what is missing. */
  readonly damaged: boolean
}

/** @returns undefined for what is no event stream with 2xx */
export const streamOf = perView((view): MessageStream | undefined => {
  const { status } = view.response
  if (!view.streamed || status < 200 || status > 299) return undefined
  const events: StreamedEvent[] = []
  let failed = false
  let damaged = (view.framing?.unknownLines ?? []).some(([from, to]) => view.body.subarray(from, to).includes(0x7b))
  for (const event of view.events) {
    const data = asObject(event.json)
    const type = asString(data?.type)
    if (isErrorEvent(event)) failed = true
    else if (data && type !== undefined) events.push({ event, data, type })
    else if (event.data?.includes('{') || data || event.json !== undefined) damaged = true
  }
  return { events, failed, damaged }
})
