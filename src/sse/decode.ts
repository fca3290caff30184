// Event streams: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
import { isAscii, isUtf8 } from 'node:buffer'
import { createParser } from 'eventsource-parser'
import type { Framing, Reads, Span, SseEvent } from '../types.ts'
import { splitBlocks } from './blocks.ts'

export interface Decoded {
  readonly events: readonly SseEvent[]
  readonly framing: Framing
  /** Why the events behind the last one were left out. */
  readonly stopped?: string
}

const noReads: Reads = { atMs: [], ends: [] }

/** An endpoint is not trusted: what comes behind this many events is not looked at. */
const maxEvents = 1_000_000

/**
 * Reads a whole recorded body as an event stream. Working on whole bodies makes any network split equal by construction.
 *
 * The parser is fed one block at a time, so that an event that comes out belongs to exactly the bytes of that block,
 * and always with a complete block and LF endings, where eventsource-parser 3.1.1 is free of its two known defects
 * (a CR at the end of the input, a BOM before the first event).
 * @param until asked for the JSON of every event; the first for which it says why, and all behind it, are left out
 */
export const decodeStream = (body: Uint8Array, reads: Reads = noReads, until?: (json: unknown) => string | undefined): Decoded => {
  const buffer = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const ascii = isAscii(buffer)
  const text = textReader(buffer, ascii)
  const events: SseEvent[] = []
  let message: Message | undefined
  const parser = createParser({ onEvent: (event) => (message = event) })
  const arrival = arrivalClock(reads)
  let last: unknown
  let stopped: string | undefined

  const framing = splitBlocks(buffer, (from, to, hasCarriageReturn) => {
    if (events.length >= maxEvents || stopped !== undefined) return
    message = undefined
    const block = text(from, to)
    parser.feed(hasCarriageReturn ? block.replace(/\r\n?/g, '\n') : block)
    if (!message) return
    const event = toEvent(events.length, from, to, arrival(to), message)
    stopped = until?.(event.json)
    if (stopped !== undefined) return
    shareStrings(event.json, last)
    last = event.json
    events.push(event)
  })
  const invalidUtf8 = ascii || isUtf8(buffer) ? [] : invalidLines(buffer)
  return { events, framing: { ...framing, invalidUtf8 }, ...(stopped === undefined ? {} : { stopped }) }
}

interface Message {
  readonly event?: string | undefined
  readonly data: string
}

/** The forms are written out, because spreading an empty name into a hundred thousand objects is dear. */
const toEvent = (index: number, from: number, to: number, atMs: number, { event, data }: Message): SseEvent => {
  const json = parsed(data)
  if (event === undefined) return json === undefined ? { index, from, to, atMs, data } : { index, from, to, atMs, json }
  return json === undefined ? { index, from, to, atMs, event, data } : { index, from, to, atMs, event, json }
}

/** JSON never parses to undefined, which so stands for text that is none. */
const parsed = (data: string): unknown => {
  try {
    return JSON.parse(data) as unknown
  } catch {
    return undefined
  }
}

/**
 * Chunks repeat their id, model and the like. Keeping one copy of each halves what a long stream holds in memory,
 * and makes comparing them cheap; the values are the same.
 */
const shareStrings = (json: unknown, last: unknown): void => {
  if (typeof json !== 'object' || json === null || typeof last !== 'object' || last === null) return
  const own = json as Record<string, unknown>
  const before = last as Record<string, unknown>
  for (const name in own) {
    const value = own[name]
    if (typeof value === 'string' && value.length > 8 && before[name] === value) own[name] = before[name]
  }
}

/** Decodes spans as cheaply as the bytes allow; invalid bytes become U+FFFD here and facts in `invalidLines`. */
const textReader = (buffer: Buffer, ascii: boolean): ((from: number, to: number) => string) =>
  ascii ? windowReader(buffer) : (from, to) => buffer.toString('utf8', from, to)

/** Bytes that are made into text at once: a slice of a text costs far less than a text of its own. */
const windowBytes = 65_536

/** Called with growing offsets. In ASCII, offsets of bytes and of characters are the same. */
const windowReader = (buffer: Buffer): ((from: number, to: number) => string) => {
  let window = ''
  let start = 0
  return (from, to) => {
    if (to > start + window.length) {
      start = from
      window = buffer.toString('latin1', from, Math.max(to, from + windowBytes))
    }
    return window.slice(from - start, to - start)
  }
}

const invalidLines = (buffer: Buffer): readonly Span[] => {
  const spans: Span[] = []
  let from = 0
  while (from < buffer.length && spans.length < 100) {
    const newline = buffer.indexOf(10, from)
    const to = newline < 0 ? buffer.length : newline
    if (!isUtf8(buffer.subarray(from, to))) spans.push([from, to])
    from = to + 1
  }
  return spans
}

/** When the last byte before `to` arrived; called with growing offsets. */
const arrivalClock = ({ atMs, ends }: Reads): ((to: number) => number) => {
  let position = 0
  return (to) => {
    while (position < ends.length - 1 && (ends[position] as number) < to) position++
    // whole milliseconds are what checks ask for, and cost no object of their own
    return Math.round(atMs[position] ?? 0)
  }
}
