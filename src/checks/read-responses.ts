import type { JsonObject, SseEvent, View } from '../types.ts'
import { asInteger, asObject, asString } from './read.ts'
import { type Channel, type EventRole, eventRoles, hostedTypes, isKnownType, openingTypes, terminalTypes } from './read-responses-types.ts'

// A Responses stream read once, for all checks of its grammar. It notes what came in which order and repairs nothing.

/** One text that arrives in pieces: of a part, of a summary, or the arguments of a call. */
export interface Strand {
  readonly index: number
  channel: Channel
  readonly first: SseEvent
  opened: SseEvent | undefined
  openedText: string | undefined
  joined: string
  deltas: number
  ended: SseEvent | undefined
  endedText: string | undefined
  closed: SseEvent | undefined
  closedText: string | undefined
  /** A fragment of the wrong type: the schema has said so, and nothing can be compared. */
  unreadable: boolean
  /** A delta after the end, or an end after the part was closed. */
  late: SseEvent | undefined
  /** A second end or close. */
  again: SseEvent | undefined
  openedAgain: SseEvent | undefined
}

/** An output index, and everything that was said about it. */
export interface StreamItem {
  readonly index: number
  readonly first: SseEvent
  /** The first id that was given, by whatever event. */
  id: string | undefined
  otherId: SseEvent | undefined
  withoutId: SseEvent | undefined
  added: SseEvent | undefined
  addedItem: JsonObject | undefined
  addedAgain: SseEvent | undefined
  done: SseEvent | undefined
  doneItem: JsonObject | undefined
  doneAgain: SseEvent | undefined
  /** An event about the item after it was done. */
  late: SseEvent | undefined
  readonly parts: Map<number, Strand>
  readonly summaries: Map<number, Strand>
  args: Strand | undefined
}

export interface ResponseEvent {
  readonly event: SseEvent
  readonly type: string
  readonly response: JsonObject | undefined
}

export interface ResponsesStream {
  /** The first event of a known type. */
  first: ResponseEvent | undefined
  readonly openings: ResponseEvent[]
  terminal: ResponseEvent | undefined
  terminalAgain: SseEvent | undefined
  /** The first JSON event after the terminal one. */
  after: SseEvent | undefined
  /** Events that report a failure: `error`, or an object with `error` and without a type. */
  readonly errors: { readonly event: SseEvent; readonly data: JsonObject }[]
  firstItemEvent: SseEvent | undefined
  readonly items: Map<number, StreamItem>
  /** Some event about an item does not say which one. */
  unindexed: boolean
  /** An event whose output_index contradicts its item id. */
  misplaced: SseEvent | undefined
  /** A second item announced under the index of another. */
  reused: SseEvent | undefined
  /** Some event about a part or summary does not say which one. */
  unparted: boolean
  chatChunk: SseEvent | undefined
  untyped: SseEvent | undefined
  readonly unknown: Map<string, SseEvent>
  /** Events may have been lost below the grammar, which is the finding of another requirement. */
  damaged: boolean
}

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

/** Why nothing can be said about the items of a stream; undefined when there are items to look at. */
export const blindness = (stream: ResponsesStream | undefined): string | undefined => {
  if (!stream) return 'not a stream'
  if (stream.damaged) return 'events were lost below the grammar'
  if (hasFailed(stream)) return 'the stream reports a failure'
  if (stream.unindexed || stream.reused) return 'events do not say to which item they belong'
  return stream.items.size === 0 ? 'no item was streamed' : undefined
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
  const stream: ResponsesStream = {
    first: undefined,
    openings: [],
    terminal: undefined,
    terminalAgain: undefined,
    after: undefined,
    errors: [],
    firstItemEvent: undefined,
    items: new Map(),
    unindexed: false,
    misplaced: undefined,
    reused: undefined,
    unparted: false,
    chatChunk: undefined,
    untyped: undefined,
    unknown: new Map(),
    damaged: lost,
  }
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

const takeItemEvent = (
  stream: ResponsesStream,
  indexOfId: Map<string, number>,
  event: SseEvent,
  data: JsonObject,
  role: EventRole,
): void => {
  const index = asInteger(data.output_index)
  const about = role.on === 'item' && role.does !== 'mention' ? asObject(data.item) : undefined
  const id = about ? about.id : data.item_id
  if (index === undefined || index < 0) {
    if (role.does !== 'mention') stream.unindexed = true
    return
  }
  let item = stream.items.get(index)
  const announces = role.on === 'item' && role.does === 'open'
  if (!item) {
    if (!announces && typeof id === 'string' && (indexOfId.get(id) ?? index) !== index) {
      stream.misplaced ??= event
      stream.unindexed = true
      return
    }
    item = newItem(index, event)
    stream.items.set(index, item)
  }
  if (announces && item.added && typeof id === 'string' && id !== item.id) {
    stream.reused ??= event
    return
  }
  noteId(item, event, id, role)
  if (announces && typeof id === 'string' && !indexOfId.has(id)) indexOfId.set(id, index)
  if (role.on === 'item') {
    takeItem(item, event, about, role)
    return
  }
  if (item.done) item.late ??= event
  if (role.on === 'arguments') {
    item.args ??= newStrand(0, event, 'text')
    takeText(item.args, event, data, role)
    return
  }
  const place = asInteger(role.on === 'part' ? data.content_index : data.summary_index)
  if (place === undefined || place < 0) {
    if (role.does !== 'mention') stream.unparted = true
    return
  }
  const strands = role.on === 'part' ? item.parts : item.summaries
  let strand = strands.get(place)
  if (!strand) {
    strand = newStrand(place, event, role.channel ?? channelOf(asObject(data.part)))
    strands.set(place, strand)
  }
  takeText(strand, event, data, role)
}

const noteId = (item: StreamItem, event: SseEvent, id: unknown, role: EventRole): void => {
  if (typeof id === 'string' && id !== '') {
    item.id ??= id
    if (id !== item.id) item.otherId ??= event
  } else if ((id === undefined || id === null) && role.does !== 'mention') item.withoutId ??= event
}

const takeItem = (item: StreamItem, event: SseEvent, about: JsonObject | undefined, { does }: EventRole): void => {
  if (does === 'open') {
    if (item.added) item.addedAgain ??= event
    else [item.added, item.addedItem] = [event, about]
  } else if (does === 'close') {
    if (item.done) item.doneAgain ??= event
    else [item.done, item.doneItem] = [event, about]
  } else if (item.done) item.late ??= event
}

const takeText = (strand: Strand, event: SseEvent, data: JsonObject, { does, channel, member }: EventRole): void => {
  if (channel) strand.channel = channel
  if (does === 'open') {
    if (strand.opened) strand.openedAgain ??= event
    else [strand.opened, strand.openedText] = [event, textOf(asObject(data.part))]
  } else if (does === 'delta') {
    if (strand.ended || strand.closed) strand.late ??= event
    if (typeof data.delta === 'string') strand.joined += data.delta
    else strand.unreadable = true
    strand.deltas++
  } else if (does === 'end') {
    if (strand.ended) strand.again ??= event
    else {
      if (strand.closed) strand.late ??= event
      strand.ended = event
      strand.endedText = asString(data[member ?? 'text'])
      if (strand.endedText === undefined) strand.unreadable = true
    }
  } else if (does === 'close') {
    if (strand.closed) strand.again ??= event
    else [strand.closed, strand.closedText] = [event, textOf(asObject(data.part))]
  }
}

/** The text of a part, whatever its kind. */
export const textOf = (part: JsonObject | undefined): string | undefined => asString(part?.type === 'refusal' ? part.refusal : part?.text)

const channelOf = (part: JsonObject | undefined): Channel =>
  part?.type === 'refusal' ? 'refusal' : part?.type === 'reasoning_text' ? 'reasoning' : 'text'

const newStrand = (index: number, first: SseEvent, channel: Channel): Strand => ({
  index,
  channel,
  first,
  opened: undefined,
  openedText: undefined,
  joined: '',
  deltas: 0,
  ended: undefined,
  endedText: undefined,
  closed: undefined,
  closedText: undefined,
  unreadable: false,
  late: undefined,
  again: undefined,
  openedAgain: undefined,
})

const newItem = (index: number, first: SseEvent): StreamItem => ({
  index,
  first,
  id: undefined,
  otherId: undefined,
  withoutId: undefined,
  added: undefined,
  addedItem: undefined,
  addedAgain: undefined,
  done: undefined,
  doneItem: undefined,
  doneAgain: undefined,
  late: undefined,
  parts: new Map(),
  summaries: new Map(),
  args: undefined,
})
