import type { Framing, Span, SseEvent, View } from '../types.ts'
import { bodyOf, isSuccess, isUnreadable } from './failure.ts'
import { asObject, isDone } from './read.ts'

// One defect of an event stream shows in several facts; who owns which fact is decided here, for all checks of framing.

/** The facts below the events of a stream that was served; a JSON body under the label of a stream is no stream. */
export const framingOf = (view: View): Framing | undefined =>
  view.streamed && isSuccess(view) && bodyOf(view) === undefined && !isUnreadable(view) ? view.framing : undefined

export const textAt = ({ body }: View, [from, to]: Span): string =>
  Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8', from, to)

export interface StrayLines {
  /** Lines of words outside the grammar, such as `PROCESSING`: keep-alive traffic in the wrong form. */
  readonly words: readonly Span[]
  /** All other lines outside the grammar: unknown fields, data without its field name, broken JSON. */
  readonly fields: readonly Span[]
  /** Events inside which such a line stands: what is wrong with their data follows from it. */
  readonly torn: ReadonlySet<number>
}

export const strayLines = (view: View, { unknownLines }: Framing): StrayLines => {
  const words: Span[] = []
  const fields: Span[] = []
  const torn = new Set<number>()
  let position = 0
  for (const span of unknownLines) {
    while (position < view.events.length && (view.events[position] as SseEvent).to <= span[0]) position++
    const event = view.events[position]
    const inside = event !== undefined && event.from <= span[0]
    const isWord = /^[^:{}[\]"]+$/.test(textAt(view, span)) && (!inside || event.json !== undefined || event.data === '[DONE]')
    ;(isWord ? words : fields).push(span)
    if (!isWord && inside) torn.add(event.index)
  }
  return { words, fields, torn }
}

/** Blocks with a whole JSON value on each of several data lines: the blank line between the events is missing. */
export const unseparatedEvents = (view: View): readonly SseEvent[] =>
  view.events.filter(({ json, data }) => json === undefined && data !== undefined && data.includes('\n') && data.split('\n').every(isWhole))

const isWhole = (line: string): boolean => {
  if (line.trim() === '[DONE]') return true
  if (!/^\s*[{[]/.test(line)) return false
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

const terminalTypes = new Set<unknown>(['response.completed', 'response.incomplete', 'response.failed', 'response.cancelled', 'error'])

/** The sentinel of chat streams, or an event that ends the life of a response. */
export const isTerminal = ({ endpoint }: View, event: SseEvent): boolean =>
  isDone(event) ||
  (endpoint === 'POST /responses' && terminalTypes.has(asObject(event.json)?.type)) ||
  (endpoint === 'POST /messages' && asObject(event.json)?.type === 'message_stop')
