// Grammar of lines and blocks: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
import type { Framing, Span } from '../types.ts'

const LF = 10
const CR = 13
const COLON = 58
const SPACE = 32
const maxFacts = 100

/** Called with each block, from its first byte to the end of its blank line. */
type OnBlock = (from: number, to: number, hasCarriageReturn: boolean) => void

/**
 * Splits a body into blocks at blank lines and keeps the facts that an event parser hides.
 * Lines end with LF, CRLF or CR. A leading byte order mark belongs to no line.
 * @returns the framing facts, without the check for UTF-8
 */
export const splitBlocks = (body: Buffer, onBlock: OnBlock): Omit<Framing, 'invalidUtf8'> => {
  const bom = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf
  const facts = {
    lf: 0,
    crlf: 0,
    cr: 0,
    comments: [] as Span[],
    unknownLines: [] as Span[],
    idLines: [] as Span[],
    datalessBlocks: [] as Span[],
    emptyData: [] as Span[],
    unspacedData: [] as Span[],
    multiData: [] as Span[],
  }
  const mayHaveCr = body.indexOf(CR) >= 0
  let blockFrom = bom ? 3 : 0
  let dataLines = 0
  let fieldLines = 0
  let blockHasCr = false
  let lineFrom = blockFrom

  while (lineFrom < body.length) {
    const lineTo = body[lineFrom] === LF ? lineFrom : mayHaveCr ? lineEnd(body, lineFrom) : indexOrEnd(body, lineFrom)
    const next = lineTo + terminator(body, lineTo, facts)
    if (next > lineTo && body[lineTo] === CR) blockHasCr = true
    if (lineTo === lineFrom) {
      if (fieldLines > 0 && dataLines === 0) keep(facts.datalessBlocks, [blockFrom, next])
      if (dataLines > 1) keep(facts.multiData, [blockFrom, next])
      if (next > lineFrom && fieldLines > 0) onBlock(blockFrom, next, blockHasCr)
      blockFrom = next
      dataLines = fieldLines = 0
      blockHasCr = false
    } else {
      const field = classify(body, lineFrom, lineTo, facts)
      if (field !== 'none') fieldLines++
      if (field === 'data') dataLines++
    }
    lineFrom = next
    if (lineTo === body.length) break
  }
  const open = fieldLines > 0 || blockFrom < lineFrom
  return { ...facts, bom, ...(open && fieldLines > 0 ? { unterminated: [blockFrom, body.length] as Span } : {}) }
}

const keep = (spans: Span[], span: Span): void => {
  if (spans.length < maxFacts) spans.push(span)
}

const indexOrEnd = (body: Buffer, from: number): number => {
  const at = body.indexOf(LF, from)
  return at < 0 ? body.length : at
}

const lineEnd = (body: Buffer, from: number): number => {
  let at = from
  while (at < body.length && body[at] !== LF && body[at] !== CR) at++
  return at
}

/** The length of the line ending at `at`: 0 at the end of the body. */
const terminator = (body: Buffer, at: number, facts: { lf: number; crlf: number; cr: number }): number => {
  if (at >= body.length) return 0
  if (body[at] === LF) {
    facts.lf++
    return 1
  }
  if (body[at + 1] === LF) {
    facts.crlf++
    return 2
  }
  facts.cr++
  return 1
}

type Facts = { comments: Span[]; unknownLines: Span[]; idLines: Span[]; emptyData: Span[]; unspacedData: Span[] }

/** `none` for comments and for lines outside the grammar. */
const classify = (body: Buffer, from: number, to: number, facts: Facts): 'data' | 'other' | 'none' => {
  if (body[from] === COLON) {
    keep(facts.comments, [from, to])
    return 'none'
  }
  // the overwhelming case, told by six bytes: `data: `
  if (body[from] === 100 && body[from + 1] === 97 && body[from + 2] === 116 && body[from + 3] === 97) {
    if (body[from + 4] === COLON || to === from + 4) {
      if (to <= from + 5 || (to === from + 6 && body[from + 5] === SPACE)) keep(facts.emptyData, [from, to])
      else if (body[from + 5] !== SPACE) keep(facts.unspacedData, [from, to])
      return 'data'
    }
  }
  const colon = body.indexOf(COLON, from)
  const name = body.toString('latin1', from, colon < 0 || colon > to ? to : colon)
  if (name === 'id') keep(facts.idLines, [from, to])
  if (name === 'event' || name === 'id' || name === 'retry') return 'other'
  keep(facts.unknownLines, [from, to])
  return 'none'
}
