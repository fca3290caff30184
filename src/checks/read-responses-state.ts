import type { JsonObject, SseEvent } from '../types.ts'
import type { Channel } from './read-responses-types.ts'

// What is noted of a Responses stream while it is read; nothing is repaired.

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

export const newStrand = (index: number, first: SseEvent, channel: Channel): Strand => ({
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

export const newItem = (index: number, first: SseEvent): StreamItem => ({
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

/** @param damaged events may have been lost below the grammar, which is the finding of another requirement */
export const newStream = (damaged: boolean): ResponsesStream => ({
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
  damaged,
})
