import { brotliCompressSync, brotliDecompressSync, deflateRawSync, deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { redactAnswer } from './redact-answer.ts'

const key = 'sk-0123456789abcdef'
const said = Buffer.from(`{"error":{"message":"Incorrect API key provided: ${key}"}}`)
const answer = (coding: string, body: Uint8Array, secrets: readonly string[] = [key]) =>
  redactAnswer([['Content-Encoding', coding]], body, { atMs: [1, 2], ends: [10, body.byteLength] }, secrets)

test.each([
  ['gzip', gzipSync(said), gunzipSync],
  ['GZIP', gzipSync(said), gunzipSync],
  ['deflate', deflateSync(said), inflateSync],
  ['deflate', deflateRawSync(said), inflateSync],
  ['br', brotliCompressSync(said), brotliDecompressSync],
])('a key inside %s is replaced, and the body stays packed', (coding, body, open) => {
  const { body: kept, reads, end } = answer(coding, body)
  expect(open(kept).toString()).toBe(said.toString().replace(key, '[redacted]'))
  expect(reads.ends.at(-1)).toBe(kept.byteLength)
  expect(end).toBe(undefined)
})

test('of a cut body is searched what can be read', () => {
  const whole = gzipSync(said)
  const { body } = answer('gzip', whole.subarray(0, whole.byteLength - 6))
  expect(gunzipSync(body).toString()).not.toContain(key)
})

test('without a key in it, the bytes stay as they came', () => {
  const body = gzipSync('{"ok":true}')
  expect(Buffer.from(answer('gzip', body).body)).toEqual(body)
  expect(Buffer.from(answer('gzip', gzipSync(said), []).body)).toEqual(gzipSync(said))
})

test('a label that is wrong hides nothing', () =>
  expect(Buffer.from(answer('gzip', said).body).toString()).toBe(said.toString().replace(key, '[redacted]')))

test('what cannot be opened is not kept', () => {
  for (const [coding, body] of [
    ['zstd', gzipSync(said)],
    ['gzip', Buffer.from([0xff, 0xfe, 0x00, 0x99])],
  ] as const) {
    const { body: kept, reads, end } = answer(coding, body)
    expect([kept.byteLength, reads.ends, end]).toEqual([0, [0, 0], 'stopped'])
  }
})
