import { isUtf8 } from 'node:buffer'
import { type Coding, codingName, codingOf } from '../coding.ts'
import type { Headers, Reads, Response } from '../types.ts'
import { redactBody } from './redact.ts'
import { redactPieces } from './redact-pieces.ts'

type Redacted = Pick<Response, 'body' | 'reads'> & Partial<Pick<Response, 'end' | 'endReason'>>

/**
 * Replaces every secret in the body of an answer, also where the body came compressed: then it is opened, searched and, if
 * a secret was in it, packed again. What nobody here can open is not kept, since a secret may be in it.
 * @param headers as received; the content coding is read from them
 */
export const redactAnswer = (headers: Headers, body: Uint8Array, reads: Reads, secrets: readonly string[]): Redacted => {
  const name = codingName(headers)
  // a label may be wrong: what is text is searched as text
  if (name === '' || secrets.length === 0 || isUtf8(body)) return redactPlain(body, reads, secrets)
  const coding = codingOf(headers)
  const plain = coding && opened(coding, body)
  if (!plain)
    return {
      body: new Uint8Array(),
      reads: { atMs: reads.atMs, ends: reads.ends.map(() => 0) },
      end: 'stopped',
      endReason: `the coding ${name} cannot be searched for secrets, so that the body is not kept`,
    }
  const searched = redactPlain(plain, { atMs: [], ends: [] }, secrets).body
  if (Buffer.compare(searched, plain) === 0) return redactBody(body, reads, secrets)
  const packed = coding.close(searched)
  return {
    body: packed,
    reads: { atMs: reads.atMs, ends: reads.ends.map((end) => Math.round((end / body.byteLength) * packed.byteLength)) },
  }
}

const redactPlain = (body: Uint8Array, reads: Reads, secrets: readonly string[]): Pick<Response, 'body' | 'reads'> => {
  const whole = redactBody(body, reads, secrets)
  return redactPieces(whole.body, whole.reads, secrets)
}

const opened = ({ open }: Coding, body: Uint8Array): Buffer | undefined => {
  try {
    return open(body, true)
  } catch {
    return undefined
  }
}
