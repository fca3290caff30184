import type { Headers, Reads } from '../types.ts'

export const markText = '[redacted]'
const mark = Buffer.from(markText)

/** Secrets shorter than this are replaced where they stand alone: inside a text they would hit innocent words. */
export const shortest = 8

/** A replacement may complete another secret; each round replaces what the last one made. */
const maxRounds = 8

/** The forms in which an endpoint may echo a secret: as it is, in a URL, in JSON as various libraries write it, in base64. */
const formsOf = (secret: string): readonly string[] => {
  const encoded = encodeURIComponent(secret)
  const json = JSON.stringify(secret).slice(1, -1)
  return [
    secret,
    encoded,
    encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    // as form values are written, `!`, `~` and their like included
    new URLSearchParams({ v: secret }).toString().slice(2),
    json,
    json.replaceAll('/', '\\/'),
    json.replace(/[+<>&'`]/g, (char) => `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`),
    ...[0, 1, 2].flatMap((shift) => base64At(secret, shift)),
  ]
}

/** The characters that a secret alone decides, when `shift` other bytes of a group stand before it. */
const base64At = (secret: string, shift: number): readonly string[] => {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)])
  const from = Math.ceil((shift * 8) / 6)
  const core = bytes.toString('base64').slice(from, Math.floor((bytes.length * 8) / 6))
  return [core, core.replaceAll('+', '-').replaceAll('/', '_')]
}

const known = new WeakMap<readonly string[], readonly Buffer[]>()

const allForms = (secrets: readonly string[]): readonly Buffer[] => {
  let forms = known.get(secrets)
  if (!forms) {
    const texts = new Set(secrets.filter((secret) => secret.length >= shortest).flatMap(formsOf))
    // what is a part of the mark itself would be found in every mark again
    forms = [...texts].filter((text) => !markText.includes(text)).map((text) => Buffer.from(text))
    known.set(secrets, forms)
  }
  return forms
}

/** Replaces every secret in bytes; returns the same bytes when there is none. Offsets are to be taken from the result. */
export const redactBytes = (bytes: Uint8Array, secrets: readonly string[]): Uint8Array =>
  redactBody(bytes, { atMs: [], ends: [] }, secrets).body

/**
 * Replaces every secret in a body and moves the offsets of its reads along, so that all offsets refer to what is recorded.
 * A secret that was split over several network reads is found, because the whole body is searched.
 */
export const redactBody = (body: Uint8Array, reads: Reads, secrets: readonly string[]): { body: Uint8Array; reads: Reads } => {
  // a body may be large, and without secrets there is nothing to look for
  if (secrets.length === 0) return { body, reads }
  const forms = allForms(secrets)
  let bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  let moved = reads
  for (let round = 0; round < maxRounds; round++) {
    const spans = merge([...forms.flatMap((form) => spansOf(bytes, form)), ...escapedSpans(bytes, secrets)])
    if (spans.length === 0) break
    moved = moveReads(moved, spans)
    bytes = replace(bytes, spans)
  }
  return { body: bytes, reads: moved }
}

/** What is replaced, and by what: the mark, or a part of it where a secret came in pieces. */
export type Spans = readonly (readonly [from: number, to: number, put?: Buffer])[]

/** Replaces spans, which must be in order and apart, and moves the offsets of reads along. */
export const replaceSpans = (body: Buffer, reads: Reads, spans: Spans): { body: Uint8Array; reads: Reads } =>
  spans.length === 0 ? { body, reads } : { body: replace(body, spans), reads: moveReads(reads, spans) }

/** Where a form stands; occurrences that overlap are one span, so that no end of one is left over. */
const spansOf = (bytes: Buffer, form: Buffer): [number, number][] => {
  const spans: [number, number][] = []
  for (let at = bytes.indexOf(form); at >= 0; at = bytes.indexOf(form, at + 1)) {
    const last = spans.at(-1)
    if (last && at <= last[1]) last[1] = at + form.length
    else spans.push([at, at + form.length])
  }
  return spans
}

/** JSON lets every character be written as `\\u` and four digits: such spellings are looked for only where one stands. */
const escapedSpans = (bytes: Buffer, secrets: readonly string[]): [number, number][] => {
  if (!bytes.includes('\\u00')) return []
  const text = bytes.toString('latin1')
  return secrets
    .filter((secret) => secret.length >= shortest)
    .flatMap((secret) =>
      [...text.matchAll(escapable(secret))].map(({ index, 0: found }): [number, number] => [index, index + found.length]),
    )
}

const escapable = (secret: string): RegExp =>
  new RegExp([...secret].map((char) => `(?:${char.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')}|\\\\u00${digits(char)})`).join(''), 'g')

/** Two hexadecimal digits in either case. */
const digits = (char: string): string =>
  char
    .charCodeAt(0)
    .toString(16)
    .padStart(2, '0')
    .replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)

const merge = (spans: readonly [number, number][]): Spans => {
  const merged: [number, number][] = []
  for (const [from, to] of [...spans].sort(([one], [other]) => one - other)) {
    const last = merged.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

const replace = (bytes: Buffer, spans: Spans): Buffer<ArrayBuffer> => {
  const parts: Buffer[] = []
  let kept = 0
  for (const [from, to, put = mark] of spans) {
    parts.push(bytes.subarray(kept, from), put)
    kept = to
  }
  return Buffer.concat([...parts, bytes.subarray(kept)])
}

/** Offsets only grow from read to read, so one pass over reads and spans is enough. The mark belongs to the read where the secret began. */
const moveReads = ({ atMs, ends }: Reads, spans: Spans): Reads => {
  let next = 0
  let shift = 0
  const move = (offset: number): number => {
    for (let span = spans[next]; span && span[1] <= offset; span = spans[next]) {
      shift += (span[2] ?? mark).length - (span[1] - span[0])
      next++
    }
    const [from, , put = mark] = spans[next] ?? [offset, offset]
    return from < offset ? from + shift + put.length : offset + shift
  }
  return { atMs, ends: ends.map(move) }
}

const credentialHeaders = new Set(['authorization', 'api-key', 'x-api-key', 'proxy-authorization', 'cookie', 'set-cookie'])

/** Replaces credentials in header values: whole values of the headers that carry them, and secrets wherever they stand. */
export const redactHeaders = (headers: Headers, secrets: readonly string[], keep: readonly string[] = []): Headers =>
  headers.map(([name, value]) => {
    const credential = credentialHeaders.has(name.toLowerCase()) && !keep.some((harmless) => value.endsWith(harmless))
    return [
      redactText(name, secrets),
      credential ? value.replace(/^(\s*(?:bearer|basic)\s+)?.*$/is, `$1${markText}`) : redactText(value, secrets),
    ] as const
  })

/** Replaces secrets in text, short ones included when they stand alone. */
export const redactText = (text: string, secrets: readonly string[]): string =>
  secrets.includes(text) && text !== '' ? markText : Buffer.from(redactBytes(Buffer.from(text), secrets)).toString()

/** Replaces secrets in every text of a value, wherever it came from: what a stream gave in pieces is whole here. */
export const redactDeep = <Value>(value: Value, secrets: readonly string[]): Value => {
  if (secrets.length === 0) return value
  const walk = (node: unknown): unknown => {
    if (typeof node === 'string') return redactText(node, secrets)
    if (Array.isArray(node)) return node.map(walk)
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(Object.entries(node).map(([name, member]) => [redactText(name, secrets), walk(member)]))
  }
  return walk(value) as Value
}
