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

const responsesEnds = ['completed', 'incomplete', 'failed'].flatMap((name) => [`"type":"response.${name}"`, `"type": "response.${name}"`])

/**
 * Looks at bytes as they pass, for what must end the reading early. It only counts lines and events and shortens waits:
 * what an answer means is decided later, from the recorded bytes.
 */
export const createWatch = ({ endpoint, labelled, eventBytes, events: mostEvents, stopAfterEvents }: WatchInput): Watch => {
  const isResponses = endpoint.endsWith('/responses')
  const head = Buffer.alloc(headBytes)
  let line = 0
  let block = 0
  let afterCr = false
  let hasData = false
  let events = 0
  let terminal = false
  let quiet = false

  /** Called for every line of every stream: text is made only of the few lines that may be a terminal event. */
  const look = () => {
    // behind the end of a short line the head still holds bytes of an earlier one
    const from = line >= 3 && head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
    if (line < from + 5) return
    const isData =
      head[from] === 100 && head[from + 1] === 97 && head[from + 2] === 116 && head[from + 3] === 97 && head[from + 4] === COLON
    if (isData) hasData = true
    const maySayDone = isData && (head[from + 5] === BRACKET || head[from + 6] === BRACKET)
    const mayNameEnd = isResponses && head[from] === LETTER_E
    if (!maySayDone && !mayNameEnd) return
    const text = head.toString('latin1', from, Math.min(line, headBytes))
    if (maySayDone ? /^data: ?\[DONE\]/.test(text) : /^event: ?response\.(completed|incomplete|failed)$/.test(text)) terminal = true
  }
  const endLine = () => {
    if (line > 0) look()
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

  /** The overwhelming case: lines end with LF, and the ends are found without looking at each byte here. */
  const seeLines = (bytes: Buffer): string | undefined => {
    for (let from = 0; from < bytes.length; ) {
      const end = bytes.indexOf(LF, from)
      const reason = grow(bytes, from, end < 0 ? bytes.length : end)
      if (reason !== undefined || end < 0) return reason
      endLine()
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
      const reason = afterCr || bytes.includes(CR) ? seeEach(bytes) : seeLines(bytes)
      if (reason !== undefined) return reason
      // a sentinel may be sent without the end of its line
      if (line > 0 && !terminal) look()
      if (isResponses && !terminal && !quiet) {
        terminal = responsesEnds.some((mark) => bytes.includes(mark))
      }
      return stopAfterEvents !== undefined && events >= stopAfterEvents ? 'the probe asked for no more' : undefined
    },
  }
}
