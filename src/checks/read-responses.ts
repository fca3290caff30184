import type { JsonObject, SseEvent, View } from '../types.ts'
import { asObject, asString } from './read.ts'
import { takeItemEvent } from './read-responses-items.ts'
import { newStream, type ResponsesStream, type Strand, type StreamItem } from './read-responses-state.ts'
import { eventRoles, hostedTypes, isKnownType, openingTypes, terminalTypes } from './read-responses-types.ts'

// A Responses stream read once, for all checks of its grammar. It notes what came in which order and repairs nothing.

const known = new WeakMap<readonly SseEvent[], ResponsesStream>()

/** @returns undefined for what is not a stream */
export const readResponses = (view: View): ResponsesStream | undefined => {
  if (!view.streamed) return undefined
  const cached = known.get(view.events)
  if (cached) return cached
  const stream = read(view)
  known.set(view.events, stream)
  return stream
}

export const nothingStreamed = 'no item was streamed'

/** Why nothing can be said about the items of a stream; undefined when there are items to look at. */
export const blindness = (stream: ResponsesStream | undefined): string | undefined => {
  if (!stream) return 'not a stream'
  if (stream.damaged) return 'events were lost below the grammar'
  if (stream.untyped) return 'an event has no type'
  if (hasFailed(stream)) return 'the stream reports a failure'
  if (stream.unindexed || stream.reused) return 'events do not say to which item they belong'
  return stream.items.size === 0 ? nothingStreamed : undefined
}

/** A failure may end a stream anywhere; what it leaves open is no defect. */
export const hasFailed = ({ errors, terminal }: ResponsesStream): boolean => errors.length > 0 || terminal?.type === 'response.failed'

/** The items in the order of their indexes. */
export const orderedItems = ({ items }: ResponsesStream): readonly StreamItem[] => [...items.values()].sort((a, b) => a.index - b.index)

/**
 * Events under the wrong content_index look like two parts: one that was announced, and one that was not.
 * One of them is a fragment: either it never ended, or it was announced and never filled.
 */
export const strayPart = (item: StreamItem): Strand | undefined => {
  const strands = [...item.parts.values()]
  const unopened = strands.filter(({ opened }) => !opened)
  if (!item.done || unopened.length === 0 || unopened.length === strands.length) return undefined
  const fragment = unopened.find(({ ended, closed }) => !ended || !closed)
  return fragment ?? strands.find(({ opened, deltas, ended, closed }) => opened && deltas === 0 && !ended && !closed)
}

/** Whether indexes are 0, 1, 2 in any order; what is counted wrongly cannot be compared place by place. */
export const isDense = (strands: ReadonlyMap<number, Strand>): boolean => [...strands.keys()].every((index) => index < strands.size)

const read = ({ events, framing }: View): ResponsesStream => {
  const lost =
    framing !== undefined && (framing.unterminated !== undefined || framing.unknownLines.length > 0 || framing.invalidUtf8.length > 0)
  const stream = newStream(lost)
  const indexOfId = new Map<string, number>()
  for (const event of events) {
    const data = asObject(event.json)
    if (data) take(stream, indexOfId, event, data)
    else if (event.data === undefined || (event.data !== '[DONE]' && event.data.trim() !== '')) stream.damaged = true
  }
  return stream
}

const take = (stream: ResponsesStream, indexOfId: Map<string, number>, event: SseEvent, data: JsonObject): void => {
  const type = asString(data.type)
  if (stream.terminal) {
    if (type !== undefined && terminalTypes.has(type)) stream.terminalAgain ??= event
    else stream.after ??= event
    return
  }
  if (type === undefined) {
    if (data.object === 'chat.completion.chunk' || Array.isArray(data.choices)) stream.chatChunk ??= event
    else if (data.error !== undefined && data.error !== null) stream.errors.push({ event, data })
    else stream.untyped ??= event
    return
  }
  const role = eventRoles.get(type) ?? hostedTypes.get(type)
  if (role) {
    stream.first ??= { event, type, response: undefined }
    stream.firstItemEvent ??= event
    takeItemEvent(stream, indexOfId, event, data, role)
    return
  }
  if (!isKnownType(type)) {
    if (stream.unknown.size < 20 && !stream.unknown.has(type)) stream.unknown.set(type, event)
    return
  }
  const entry = { event, type, response: asObject(data.response) }
  stream.first ??= entry
  if (openingTypes.has(type)) stream.openings.push(entry)
  else if (terminalTypes.has(type)) stream.terminal = entry
  else if (type === 'error' && stream.errors.length < 20) stream.errors.push({ event, data })
}
