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
import type { Headers } from './types.ts'

/** A content coding of HTTP; both directions throw an Error of zlib on what is not coded so. */
export interface Coding {
  /** @param isCut the body may end early: then it is read as far as it goes */
  readonly open: (bytes: Uint8Array, isCut: boolean) => Buffer
  readonly close: (bytes: Uint8Array) => Buffer
}

/** What a small body may grow to when it is opened, in bytes. */
const maxOutputLength = 64 * 1024 * 1024

const flush = (isCut: boolean, mode: number) => ({ maxOutputLength, ...(isCut ? { finishFlush: mode } : {}) })

const gzip: Coding = { open: (bytes, isCut) => gunzipSync(bytes, flush(isCut, constants.Z_SYNC_FLUSH)), close: gzipSync }

const codings: Readonly<Record<string, Coding>> = {
  gzip,
  'x-gzip': gzip,
  deflate: {
    open: (bytes, isCut) => {
      const options = flush(isCut, constants.Z_SYNC_FLUSH)
      // RFC 9110 section 8.4.1.2: some senders leave out the zlib wrapper
      return ((bytes[0] ?? 8) & 15) === 8 ? inflateSync(bytes, options) : inflateRawSync(bytes, options)
    },
    close: deflateSync,
  },
  br: {
    open: (bytes, isCut) => brotliDecompressSync(bytes, flush(isCut, constants.BROTLI_OPERATION_FLUSH)),
    close: brotliCompressSync,
  },
}

/** The name of the coding that headers tell, in lower case; empty where a body came as it is. */
export const codingName = (headers: Headers): string => {
  const name =
    headers
      .find(([key]) => key.toLowerCase() === 'content-encoding')?.[1]
      .trim()
      .toLowerCase() ?? ''
  return name === 'identity' ? '' : name
}

/** The coding that headers tell; undefined where there is none, or none that is known here. */
export const codingOf = (headers: Headers): Coding | undefined => codings[codingName(headers)]
