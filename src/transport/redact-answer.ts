import { isUtf8 } from 'node:buffer'
import {
  brotliCompressSync,
  brotliDecompressSync,
  constants,
  deflateSync,
  gunzipSync,
  gzipSync,
  inflateRawSync,
  inflateSync,
} from 'node:zlib'
import type { Headers, Reads, Response } from '../types.ts'
import { redactBody, redactBytes } from './redact.ts'

interface Packing {
  readonly open: (bytes: Uint8Array) => Buffer
  readonly close: (bytes: Uint8Array) => Buffer
}

/** What a small body may grow to while it is searched. */
const maxOutputLength = 64 * 1024 * 1024

/** Of a cut body is read what it holds up to the cut. */
const cut = { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH }

const gzip: Packing = { open: (bytes) => gunzipSync(bytes, cut), close: gzipSync }

const packings: Readonly<Record<string, Packing>> = {
  gzip,
  'x-gzip': gzip,
  // RFC 9110 section 8.4.1.2: some senders leave out the zlib wrapper
  deflate: { open: (bytes) => (((bytes[0] ?? 8) & 15) === 8 ? inflateSync(bytes, cut) : inflateRawSync(bytes, cut)), close: deflateSync },
  br: {
    open: (bytes) => brotliDecompressSync(bytes, { maxOutputLength, finishFlush: constants.BROTLI_OPERATION_FLUSH }),
    close: brotliCompressSync,
  },
}

type Redacted = Pick<Response, 'body' | 'reads'> & Partial<Pick<Response, 'end' | 'endReason'>>

/**
 * Replaces every secret in the body of an answer, also where the body came compressed: then it is opened, searched and, if
 * a secret was in it, packed again. What nobody here can open is not kept, since a secret may be in it.
 * @param headers as received; the content coding is read from them
 */
export const redactAnswer = (headers: Headers, body: Uint8Array, reads: Reads, secrets: readonly string[]): Redacted => {
  const coding =
    headers
      .find(([name]) => name.toLowerCase() === 'content-encoding')?.[1]
      .trim()
      .toLowerCase() ?? ''
  // a label may be wrong: what is text is searched as text
  if (coding === '' || coding === 'identity' || secrets.length === 0 || isUtf8(body)) return redactBody(body, reads, secrets)
  const packing = packings[coding]
  const plain = packing && opened(packing, body)
  if (!plain)
    return {
      body: new Uint8Array(),
      reads: { atMs: reads.atMs, ends: reads.ends.map(() => 0) },
      end: 'stopped',
      endReason: `the coding ${coding} cannot be searched for secrets, so that the body is not kept`,
    }
  const searched = redactBytes(plain, secrets)
  if (Buffer.compare(searched, plain) === 0) return redactBody(body, reads, secrets)
  const packed = packing.close(searched)
  return {
    body: packed,
    reads: { atMs: reads.atMs, ends: reads.ends.map((end) => Math.round((end / body.byteLength) * packed.byteLength)) },
  }
}

const opened = ({ open }: Packing, body: Uint8Array): Buffer | undefined => {
  try {
    return open(body)
  } catch {
    return undefined
  }
}
