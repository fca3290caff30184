import type { Reads } from '../types.ts'
import { markText, replaceSpans, shortest } from './redact.ts'

/**
 * A stream that echoes a secret tells it in pieces: each is the end, the whole or the beginning of a text, and the texts stand
 * one after the other under the same member name. Only where a text ends with a beginning of the secret is looked any further,
 * so that a stream without one costs a search for a few characters.
 */
export const redactPieces = (body: Uint8Array, reads: Reads, secrets: readonly string[]): { body: Uint8Array; reads: Reads } => {
  const long = secrets.filter((secret) => secret.length >= shortest).map((secret) => Buffer.from(JSON.stringify(secret).slice(1, -1)))
  if (long.length === 0) return { body, reads }
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const search: Search = { bytes, taken: new Map(), takenBytes: undefined, stepsLeft: mostSteps }
  // texts that follow one another first: one that could also go on behind others must not keep an occurrence from being whole
  for (const misses of [() => 0, mostMisses]) for (const secret of long) findPieces(search, secret, misses)
  const spans = [...search.taken].map(([from, [to, put]]) => [from, to, put] as const)
  return replaceSpans(
    bytes,
    reads,
    spans.sort(([one], [other]) => one - other),
  )
}

interface Search {
  readonly bytes: Buffer
  /** Pieces that were found: each belongs to one secret only. */
  readonly taken: Map<number, readonly [to: number, put: Buffer]>
  /** One for each byte of a piece, made with the first of them: pieces begin and end anywhere, and must be apart. */
  takenBytes: Uint8Array | undefined
  stepsLeft: number
}

/** The work for one body is bounded: whoever sends a million beginnings of a key knows it anyway. */
const mostSteps = 200_000

/**
 * Texts in between that do not fit: those of other choices, or the other tokens that were likely. Behind a single character,
 * which many words end with, only those of a few choices.
 */
const mostMisses = (told: number): number => (told > 1 ? 32 : 4)

/** The next text stands within this many bytes. */
const windowBytes = 64 * 1024

/** A text and a member name are looked back through this far. */
const textBytes = 4096
const nameBytes = 64

const QUOTE = 34
const BACKSLASH = 92
const COLON = 58
const LF = 10
const SPACE = 32

/** What is searched for is rare, and not what every event repeats: each find costs more than many bytes without one. */
const findPieces = (search: Search, secret: Buffer, mayMiss: typeof mostMisses): void => {
  const { bytes } = search
  const quote = Buffer.from([QUOTE])
  const follows = (at: number) => follow(search, secret, at, common(bytes, at, secret, 0), mayMiss)
  eachFind(search, Buffer.concat([secret.subarray(0, 2), quote]), follows)
  eachFind(search, secret.subarray(0, 3), (at) => {
    if (bytes[at + common(bytes, at, secret, 0)] === QUOTE) follows(at)
  })
  // many words end with the first character alone: looked for only where some text begins with the second
  let goesOn = false
  const note = (at: number) => {
    goesOn ||= bytes[at - 1] === QUOTE
  }
  for (const needle of [secret.subarray(1, 3), Buffer.concat([secret.subarray(1, 2), quote])]) eachFind(search, needle, note)
  if (goesOn) eachFind(search, Buffer.concat([secret.subarray(0, 1), quote]), follows)
}

const eachFind = (search: Search, needle: Buffer, visit: (at: number) => void): void => {
  for (let at = search.bytes.indexOf(needle); at >= 0 && search.stepsLeft > 0; at = search.bytes.indexOf(needle, at + 1)) visit(at)
}

/** How many bytes from an offset are those of the secret from another. */
const common = (bytes: Buffer, at: number, secret: Buffer, from: number): number => {
  let length = 0
  while (from + length < secret.length && bytes[at + length] === secret[from + length]) length++
  return length
}

const isTaken = ({ takenBytes }: Search, from: number, to: number): boolean => takenBytes?.subarray(from, to).includes(1) ?? false

/** Goes from text to text as long as they go on with the secret; when all of it was told, its pieces are taken. */
const follow = (search: Search, secret: Buffer, at: number, length: number, mayMiss: typeof mostMisses): void => {
  const { bytes } = search
  const label = isTaken(search, at, at + length) ? undefined : labelOf(bytes, at, at + length)
  if (!label) return
  const pieces: [number, number][] = [[at, at + length]]
  let told = length
  let position = at + length
  for (let misses = 0; told < secret.length; ) {
    const next: number = bytes.subarray(position, position + windowBytes).indexOf(label)
    if (next < 0 || search.stepsLeft-- <= 0) return
    const from = position + next + label.length
    const more = common(bytes, from, secret, told)
    const fits = more > 0 && (told + more === secret.length || bytes[from + more] === QUOTE) && !isTaken(search, from, from + more)
    if (fits) {
      pieces.push([from, from + more])
      told += more
      misses = 0
    } else if (bytes[from] !== QUOTE && ++misses > mayMiss(told)) return
    position = fits ? from + more : from
  }
  // the pieces of the mark join to the mark, as those of the secret did: an event that repeats the whole text still agrees
  search.takenBytes ??= new Uint8Array(bytes.length)
  for (const [index, [from, to]] of pieces.entries()) {
    const part = (count: number) => Math.floor((markText.length * count) / pieces.length)
    search.takenBytes.fill(1, from, to)
    search.taken.set(from, [to, Buffer.from(markText.slice(part(index), part(index + 1)))])
  }
}

/** The member name with all that stands between it and the text that ends at an offset; undefined where none ends there. */
const labelOf = (bytes: Buffer, at: number, end: number): Buffer | undefined => {
  let behind = end + 1
  while (bytes[behind] === SPACE) behind++
  // a name is followed by a colon, a value never
  if (bytes[behind] === COLON) return undefined
  let opening = at - 1
  for (const least = Math.max(0, at - textBytes); opening >= least && !isBareQuote(bytes, opening); opening--)
    if (bytes[opening] === LF) return undefined
  if (bytes[opening] !== QUOTE) return undefined
  let before = opening - 1
  while (bytes[before] === SPACE) before--
  if (bytes[before] !== COLON) return undefined
  const name = bytes.subarray(Math.max(0, before - nameBytes), before).toString('latin1')
  const start = /"[^"]*" *$/.exec(name)
  return start ? bytes.subarray(before - (name.length - start.index), opening + 1) : undefined
}

const isBareQuote = (bytes: Buffer, at: number): boolean => {
  if (bytes[at] !== QUOTE) return false
  let slashes = 0
  while (bytes[at - 1 - slashes] === BACKSLASH) slashes++
  return slashes % 2 === 0
}
