import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { chmodSync, closeSync, fchmodSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Exchange, Reads, TraitsRecord, TranscriptFooter, TranscriptHeader } from '../types.ts'
import { makeFolder } from './make-folder.ts'

/** Larger bodies go to a file of their own, named by digest, so that the transcript stays readable. */
const inlineBytes = 1024 * 1024

/** A large body that is still in memory, under the name of its file. */
export interface HeldBody {
  readonly name: string
  readonly body: Uint8Array
}

export interface TranscriptWriter {
  /** The last large body: whoever judges at once need not read it back. */
  held(): HeldBody | undefined
  write(record: TranscriptHeader | TraitsRecord | Exchange | TranscriptFooter): void
  close(): void
}

/** The folder beside a transcript that holds its large bodies. */
export const bodiesOf = (file: string): string => `${file.replace(/\.jsonl$/, '')}.bodies`

/**
 * Opens a transcript for appending. Every record is on disk when `write` returns, so that what was recorded before
 * a kill can be read. The files hold traffic and are for their owner's eyes: mode 0600.
 * @throws Error of the file system
 */
export const createTranscriptWriter = (file: string): TranscriptWriter => {
  makeFolder(dirname(file))
  const descriptor = openSync(file, 'w', 0o600)
  // a file that was there before keeps its mode otherwise
  fchmodSync(descriptor, 0o600)
  let held: HeldBody | undefined
  const writeBody = (body: Uint8Array) => {
    const name = createHash('sha256').update(body).digest('hex')
    makeFolder(bodiesOf(file), 0o700)
    const path = join(bodiesOf(file), name)
    writeFileSync(path, body, { mode: 0o600 })
    chmodSync(path, 0o600)
    held = { name, body }
    return name
  }
  return {
    write: (record) => {
      const line = Buffer.from(`${JSON.stringify('kind' in record ? record : encodeExchange(record, writeBody))}\n`)
      // a full disk may take a part of the line only
      for (let done = 0; done < line.length; ) done += writeSync(descriptor, line, done)
    },
    held: () => held,
    close: () => closeSync(descriptor),
  }
}

/** The JSON form of an exchange. */
const encodeExchange = ({ request, outcome, ...address }: Exchange, writeBody: (body: Uint8Array) => string): object => {
  const { body, ...asked } = request
  const head = { kind: 'exchange', ...address, request: { ...asked, ...encodeBody(body, writeBody) } }
  if (outcome.kind === 'failure') return { ...head, failure: { code: outcome.code, message: outcome.message, atMs: tenths(outcome.atMs) } }
  const { body: answer, reads, kind: _, ...rest } = outcome
  return {
    ...head,
    response: {
      ...rest,
      headersAtMs: tenths(rest.headersAtMs),
      endAtMs: tenths(rest.endAtMs),
      reads: encodeReads(reads),
      ...encodeBody(answer, writeBody),
    },
  }
}

/**
 * Reads as one flat list of integers, since a long stream has a hundred thousand: for each, the tenths of a millisecond
 * since the one before, and its bytes.
 */
const encodeReads = ({ atMs, ends }: Reads): readonly number[] => {
  const flat: number[] = []
  let before = 0
  let from = 0
  for (let index = 0; index < ends.length; index++) {
    const at = Math.round((atMs[index] ?? 0) * 10)
    const to = ends[index] ?? from
    flat.push(at - before, to - from)
    before = at
    from = to
  }
  return flat
}

const tenths = (ms: number): number => Math.round(ms * 10) / 10

/** UTF-8 text where it round-trips, base64 otherwise. */
const encodeBody = (body: Uint8Array, writeBody: (body: Uint8Array) => string): object => {
  if (body.byteLength > inlineBytes) return { bodyFile: writeBody(body) }
  const buffer = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  return isUtf8(buffer) ? { body: buffer.toString('utf8') } : { bodyBase64: buffer.toString('base64') }
}
