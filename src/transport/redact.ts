import type { Headers, Read } from '../types.ts'

const mark = Buffer.from('[redacted]')

/** Secrets shorter than this are replaced in headers only: in a body they would hit innocent words. */
const shortest = 8

/** A secret and the forms in which an endpoint may echo it. */
const formsOf = (secret: string): readonly Buffer[] =>
  [...new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString('base64')])].map((form) => Buffer.from(form))

/** Replaces every secret in bytes; returns the same bytes when there is none. Offsets are to be taken from the result. */
export const redactBytes = (bytes: Uint8Array, secrets: readonly string[]): Uint8Array => redactBody(bytes, [], secrets).body

/**
 * Replaces every secret in a body and moves the offsets of its reads along, so that all offsets refer to what is recorded.
 * A secret that was split over two network reads is found, because the whole body is searched.
 */
export const redactBody = (body: Uint8Array, reads: readonly Read[], secrets: readonly string[]): { body: Uint8Array; reads: readonly Read[] } => {
  let bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  let moved = reads
  for (const secret of secrets) {
    if (secret.length < shortest) continue
    for (const form of formsOf(secret)) {
      for (let at = bytes.indexOf(form); at >= 0; at = bytes.indexOf(form, at + mark.length)) {
        bytes = Buffer.concat([bytes.subarray(0, at), mark, bytes.subarray(at + form.length)])
        const shift = (offset: number) => (offset <= at ? offset : Math.max(at, offset + mark.length - form.length))
        moved = moved.map(({ atMs, from, to }) => ({ atMs, from: shift(from), to: shift(to) }))
      }
    }
  }
  return { body: bytes, reads: moved }
}

const credentialHeaders = new Set(['authorization', 'api-key', 'x-api-key', 'proxy-authorization', 'cookie', 'set-cookie'])

/** Replaces credentials in header values: whole values of the headers that carry them, and secrets wherever they stand. */
export const redactHeaders = (headers: Headers, secrets: readonly string[], keep: readonly string[] = []): Headers =>
  headers.map(([name, value]) => {
    const credential = credentialHeaders.has(name.toLowerCase()) && !keep.some((known) => value.endsWith(known))
    return [name, credential ? value.replace(/^(\s*(?:bearer|basic)\s+)?.*$/is, '$1[redacted]') : redactText(value, secrets)] as const
  })

/** Replaces secrets in text, short ones included when they stand alone. */
export const redactText = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((result, secret) => (secret === '' ? result : secret.length >= shortest || result === secret ? result.split(secret).join('[redacted]') : result), text)
