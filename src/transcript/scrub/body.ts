import { isUtf8 } from 'node:buffer'
import type { Reads } from '../../types.ts'
import { putTogether, scrubPieces, type Taken, takeApart } from './values.ts'
import { errorWords } from './vocabulary.ts'
import type { Words } from './words.ts'

/** Bytes that are no UTF-8 become lone surrogates, which no text has, and come back from them as they were. */
const escapeBase = 0xdc00

const sequence = /[\x00-\x7f]+|(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+|[\x80-\xff]/g

const decode = (bytes: Uint8Array): string => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (isUtf8(buffer)) return buffer.toString('utf8')
  return buffer.toString('latin1').replace(sequence, (run) => {
    const part = Buffer.from(run, 'latin1')
    return isUtf8(part) ? part.toString('utf8') : [...part].map((byte) => String.fromCharCode(escapeBase + byte)).join('')
  })
}

const encode = (text: string): Buffer => {
  const parts: Buffer[] = []
  let from = 0
  for (const { index } of text.matchAll(/(?<![\ud800-\udbff])[\udc80-\udcff]/g)) {
    parts.push(Buffer.from(text.slice(from, index), 'utf8'), Buffer.from([text.charCodeAt(index) - escapeBase]))
    from = index + 1
  }
  return parts.length === 0 ? Buffer.from(text, 'utf8') : Buffer.concat([...parts, Buffer.from(text.slice(from), 'utf8')])
}

export interface BodyKind {
  readonly stream: boolean
  /** The answer is a failure: the words by which causes are told apart stay. */
  readonly failed: boolean
}

const noReads: Reads = { atMs: [], ends: [] }

/** A body with other words. Offsets move only where log probabilities spell tokens in numbers. */
export const scrubBody = (words: Words, body: Uint8Array, kind: BodyKind, reads: Reads = noReads): { body: Uint8Array; reads: Reads } => {
  const text = decode(body)
  const made = kind.stream ? scrubStream(words, text, kind.failed) : scrubDocument(words, text, kind.failed)
  const bytes = encode(made)
  return { body: bytes, reads: bytes.length === body.byteLength ? reads : moved(reads, text, made) }
}

const scrubDocument = (words: Words, text: string, failed: boolean): string => {
  if (!/^\uFEFF?\s*[{["]/.test(text)) return words.text(text, failed ? errorWords : undefined)
  const taken = takeApart(text, parsed(text), 0)
  return putTogether(words, taken, scrubPieces(words, [taken]), failed)
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown
  } catch {
    return undefined
  }
}

interface Line {
  readonly head: string
  readonly value: string
  readonly end: string
}

const linePattern = /([^\r\n]*)(\r\n|\r|\n|$)/g

/** `data` lines of one event are one text; every other line is looked at by itself. */
const scrubStream = (words: Words, text: string, failed: boolean): string => {
  const lines: Line[] = []
  for (const [whole, line = '', end = ''] of text.matchAll(linePattern)) {
    if (whole === '') break
    const [, head = '', value = ''] = /^(\uFEFF?[^:]*:? ?)(.*)$/s.exec(line) ?? []
    lines.push({ head, value, end })
  }
  const events: { readonly lines: readonly number[]; readonly taken: Taken | undefined; readonly text: string }[] = []
  for (let at = 0; at < lines.length; at++) {
    const own: number[] = []
    while (at < lines.length && isData(lines[at] as Line)) own.push(at++)
    if (own.length === 0) continue
    const data = own.map((line) => (lines[line] as Line).value).join('\n')
    events.push({
      lines: own,
      text: data,
      taken: /^\s*[{["]/.test(data) && !isSentinel(data) ? takeApart(data, parsed(data), at) : undefined,
    })
    at--
  }
  const pieceOf = scrubPieces(
    words,
    events.flatMap(({ taken }) => taken ?? []),
  )
  const values = lines.map((line) => (isData(line) ? line.value : scrubLine(words, line)))
  for (const { lines: own, taken, text: data } of events) {
    const next = taken ? putTogether(words, taken, pieceOf, failed) : isSentinel(data) ? data : words.text(data, errorWords)
    for (const [position, part] of next.split('\n').entries()) values[own[position] as number] = part
  }
  return lines.map(({ head, end }, at) => `${head}${values[at]}${end}`).join('')
}

const isData = ({ head }: Line): boolean => /^\uFEFF?data: ?$/.test(head)

const isSentinel = (data: string): boolean => /^\W*done\W*$/i.test(data)

/** The names of events are the protocol's; comments, ids and lines that are none are text. */
const scrubLine = (words: Words, { head, value }: Line): string =>
  /^\uFEFF?(event|retry)/.test(head) && /^[\w.]*$/.test(value) ? value : words.text(value, errorWords)

/** The same lines are where the old ones were; inside of one that has another length, offsets are near enough. */
const moved = ({ atMs, ends }: Reads, before: string, after: string): Reads => {
  const sizes = [before, after].map((text) => text.split('\n').map((line) => encode(line).length + 1))
  const [was = [], is = []] = sizes
  let line = 0
  let from = 0
  let to = 0
  const move = (end: number): number => {
    while (line < was.length && from + (was[line] as number) <= end) {
      from += was[line] as number
      to += is[line] as number
      line++
    }
    return to + Math.min(end - from, is[line] ?? 0)
  }
  const size = encode(after).length
  const made = ends.map((end) => Math.min(move(end), size))
  if (made.length > 0) made[made.length - 1] = size
  return { atMs, ends: made }
}
