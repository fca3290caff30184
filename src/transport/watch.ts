import type { Endpoint } from '../types.ts'

export interface WatchInput {
  readonly endpoint: Endpoint
  /** The answer calls itself an event stream: then no event may grow without end. */
  readonly labelled: boolean
  readonly eventBytes: number
  readonly events: number
  readonly stopAfterEvents?: number
}

export interface Watch {
  /** Looks at a read. @returns why reading must end, when it must */
  readonly see: (chunk: Uint8Array) => string | undefined
  /** The event behind which a stream has nothing more to say was seen. */
  readonly terminalSeen: () => boolean
  /** The last read held comments and empty lines only. */
  readonly quiet: () => boolean
}

const LF = 10
const CR = 13
const COLON = 58
const BRACKET = 91
const LETTER_E = 101
/** Enough of a line to tell what it is. */
const headBytes = 48

const marks = (...types: readonly string[]): readonly string[] => types.flatMap((type) => [`"type":"${type}"`, `"type": "${type}"`])

/** Types of the events that end a stream, by the last word of the endpoint; other streams end with the sentinel. */
const ends: Readonly<Record<string, readonly string[]>> = {
  responses: marks('response.completed', 'response.incomplete', 'response.failed'),
  messages: marks('message_stop'),
}

/**
 * Looks at bytes as they pass, for what must end the reading early. It only counts lines and events and shortens waits:
 * what an answer means is decided later, from the recorded bytes.
 */
export const createWatch = ({ endpoint, labelled, eventBytes, events: mostEvents, stopAfterEvents }: WatchInput): Watch => {
  const ownEnds = ends[endpoint.slice(endpoint.lastIndexOf('/') + 1)]
  const head = Buffer.alloc(headBytes)
  let line = 0
  let block = 0
  let afterCr = false
  let hasData = false
  let events = 0
  let terminal = false
  let quiet = false

  /** Called for every line of every stream, with its first bytes: text is made only of the few that may be a terminal event. */
  const look = (bytes: Buffer, at: number, length: number) => {
    const from = length >= 3 && bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf ? at + 3 : at
    if (at + length < from + 5) return
    const isData =
      bytes[from] === 100 && bytes[from + 1] === 97 && bytes[from + 2] === 116 && bytes[from + 3] === 97 && bytes[from + 4] === COLON
    if (isData) hasData = true
    const maySayDone = isData && (bytes[from + 5] === BRACKET || bytes[from + 6] === BRACKET)
    const mayNameEnd = ownEnds !== undefined && bytes[from] === LETTER_E
    if (!maySayDone && !mayNameEnd) return
    const text = bytes.toString('latin1', from, at + Math.min(length, headBytes))
    if (maySayDone ? /^data: ?\[DONE\]/.test(text) : /^event: ?(response\.(completed|incomplete|failed)|message_stop)$/.test(text))
      terminal = true
  }
  const endLine = () => {
    if (line > 0) look(head, 0, line)
    else {
      if (hasData) events++
      hasData = false
      block = 0
    }
    line = 0
  }

  /** Takes bytes without a line end into the open line. */
  const grow = (bytes: Buffer, from: number, to: number): string | undefined => {
    if (to === from) return undefined
    // copied without a view of its own: this runs for every line of every stream
    if (line < headBytes) bytes.copy(head, line, from, Math.min(to, from + headBytes - line))
    if (head[0] !== COLON) quiet = false
    line += to - from
    block += to - from
    return block > eventBytes && labelled ? `an event of more than ${eventBytes} bytes` : undefined
  }

  /** A line that came in one piece is looked at where it is: this runs for every line of every stream. */
  const seeWhole = (bytes: Buffer, from: number, to: number): string | undefined => {
    if (bytes[from] !== COLON) quiet = false
    block += to - from
    look(bytes, from, to - from)
    return block > eventBytes && labelled ? `an event of more than ${eventBytes} bytes` : undefined
  }

  /** The overwhelming case: lines end with LF, and the ends are found without looking at each byte here. */
  const seeLines = (bytes: Buffer): string | undefined => {
    for (let from = 0; from < bytes.length; ) {
      const end = bytes[from] === LF ? from : bytes.indexOf(LF, from)
      if (end < 0) {
        const rest = bytes.subarray(from)
        return rest.includes(CR) ? seeEach(rest) : grow(rest, 0, rest.length)
      }
      const to = end > from && bytes[end - 1] === CR ? end - 1 : end
      const reason = line === 0 && to > from ? seeWhole(bytes, from, to) : grow(bytes, from, to)
      if (reason !== undefined) return reason
      if (line > 0 || to === from) endLine()
      if (events >= mostEvents) return `${mostEvents} events`
      from = end + 1
    }
    return undefined
  }

  const seeEach = (bytes: Buffer): string | undefined => {
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at]
      const follows = afterCr
      afterCr = byte === CR
      if (byte === LF && follows) continue
      if (byte === LF || byte === CR) {
        endLine()
        if (events >= mostEvents) return `${mostEvents} events`
        continue
      }
      const reason = grow(bytes, at, at + 1)
      if (reason !== undefined) return reason
    }
    return undefined
  }

  return {
    terminalSeen: () => terminal,
    quiet: () => quiet,
    see: (chunk) => {
      quiet = true
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      const reason = afterCr ? seeEach(bytes) : seeLines(bytes)
      if (reason !== undefined) return reason
      // a sentinel may be sent without the end of its line
      if (line > 0 && !terminal) look(head, 0, line)
      if (ownEnds && !terminal && !quiet) {
        terminal = ownEnds.some((mark) => bytes.includes(mark))
      }
      return stopAfterEvents !== undefined && events >= stopAfterEvents ? 'the probe asked for no more' : undefined
    },
  }
}
