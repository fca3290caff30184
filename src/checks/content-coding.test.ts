import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { judged, raw } from '../testing/transcript.ts'
import { contentCoding } from './content-coding.ts'

const plain = '{"a":1}'
const coded = (body: string | Uint8Array, encoding: string | undefined, accept: string | undefined = 'identity') =>
  judged(
    contentCoding,
    raw('POST /chat/completions', body, {
      headers: encoding === undefined ? [] : [['Content-Encoding', encoding]],
      requestHeaders: accept === '' ? [] : [['Accept-Encoding', accept]],
    }),
  )

test('holds', () => {
  expect(coded(plain, undefined)).toEqual(['held'])
  expect(coded(plain, 'identity')).toEqual(['held'])
  expect(coded(gzipSync(plain), 'gzip', 'br, gzip;q=0.5')).toEqual(['held'])
  expect(coded(gzipSync(plain), 'gzip', '*')).toEqual(['held'])
})
test('unasked', () => {
  expect(coded(gzipSync(plain), 'gzip')).toEqual(['unasked'])
  expect(coded(gzipSync(plain), 'gzip', 'gzip;q=0')).toEqual(['unasked'])
})
test('not what the label says', () => expect(coded(plain, 'gzip', 'gzip')).toEqual(['undecodable']))
test('no label', () => expect(coded(gzipSync(plain), undefined)).toEqual(['unlabelled']))
test('cannot be told', () => {
  expect(coded(plain, 'gzip', '')).toEqual(['unobserved'])
  expect(coded(plain, 'zstd', 'zstd')).toEqual(['unobserved'])
})
