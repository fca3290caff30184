import type { Framing, Span, SseEvent, View } from '../types.ts'
import { isSuccess, isUnreadable, startsLikeJson } from './failure.ts'

// One defect of an event stream shows in several facts; who owns which fact is decided here, for all checks of framing.

/** The facts below the events of a stream that was served; a JSON body under the label of a stream is no stream. */
export const framingOf = (view: View): Framing | undefined =>
  view.streamed && isSuccess(view) && !startsLikeJson(view) && !isUnreadable(view) ? view.framing : undefined

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
    while (position < view.events.length && (view.events[position] as SseEvent).bytes[1] <= span[0]) position++
    const event = view.events[position]
    const inside = event !== undefined && event.bytes[0] <= span[0]
    const isWord = /^[^:{}[\]"]+$/.test(textAt(view, span)) && (!inside || event.json !== undefined || event.data === '[DONE]')
    ;(isWord ? words : fields).push(span)
    if (!isWord && inside) torn.add(event.index)
  }
  return { words, fields, torn }
}

export interface Joined {
  /** Blocks of several events whose separating blank line is missing. */
  readonly unseparated: readonly SseEvent[]
  /** Events into which the server has put several JSON values. */
  readonly several: readonly SseEvent[]
}

/**
 * Several complete JSON values on several data lines of one block: either the blank line between them is missing,
 * or the server meant it so. A second `event:` line, a sentinel in the block, or most of the stream being so, tells.
 */
export const joinedEvents = (view: View): Joined => {
  const joined = view.events.filter(
    ({ json, data }) => json === undefined && data !== undefined && data.includes('\n') && data.split('\n').every(isWhole),
  )
  const most = joined.length > view.events.length - joined.length
  const unseparated = joined.filter(
    (event) => most || event.data?.includes('[DONE]') || (textAt(view, event.bytes).match(/(^|[\r\n])event:/g)?.length ?? 0) > 1,
  )
  return { unseparated, several: joined.filter((event) => !unseparated.includes(event)) }
}

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
