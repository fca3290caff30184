import type { JsonObject, SseEvent } from '../types.ts'
import { asInteger, asObject, asString } from './read.ts'
import { newItem, newStrand, type ResponsesStream, type Strand, type StreamItem } from './read-responses-state.ts'
import type { Channel, EventRole } from './read-responses-types.ts'

/** Notes an event about an item; `indexOfId` remembers under which index each item was announced. */
export const takeItemEvent = (
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
  if (role.on !== 'item' || about) noteId(item, event, id, role)
  if (announces && typeof id === 'string' && !indexOfId.has(id)) indexOfId.set(id, index)
  if (role.on === 'item') {
    takeItem(item, event, about, role)
    return
  }
  if (item.done) item.late ??= event
  if (role.on === 'arguments') {
    item.args ??= newStrand(0, event, 'text')
    takeText(item.args, event, data, role, item.done !== undefined)
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
  takeText(strand, event, data, role, item.done !== undefined)
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

/** What comes after the item was done is late for that reason, not for another. */
const takeText = (strand: Strand, event: SseEvent, data: JsonObject, { does, channel, member }: EventRole, isDone: boolean): void => {
  if (channel) strand.channel = channel
  if (does === 'open') {
    if (strand.opened) strand.openedAgain ??= event
    else [strand.opened, strand.openedText] = [event, textOf(asObject(data.part))]
  } else if (does === 'delta') {
    if ((strand.ended || strand.closed) && !isDone) strand.late ??= event
    if (typeof data.delta === 'string') strand.joined += data.delta
    else strand.unreadable = true
    strand.deltas++
  } else if (does === 'end') {
    if (strand.ended) strand.again ??= event
    else {
      if (strand.closed && !isDone) strand.late ??= event
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
