import { expect, test } from 'vitest'
import { chatStream, judged, type Options, raw } from '../testing/transcript.ts'
import { jsonSingleValue } from './json-single-value.ts'

const body = (content: string | Uint8Array, options: Options = {}) =>
  judged(jsonSingleValue, raw('POST /chat/completions', content, { headers: [['content-type', 'application/json']], ...options }))

test.each(['{"a":"}]"}', ' [1]\r\n', '"text"', '\n{"a":"é"}'])('%j holds', (content) => expect(body(content)).toEqual(['held']))
test('empty', () => expect(body('')).toEqual(['empty']))
test('byte order mark', () => expect(body('\uFEFF{}')).toEqual(['bom']))
test('invalid UTF-8', () => expect(body(Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toEqual(['invalid-utf8']))
test.each(['{}{}', '{"a":"\\"}"} x', '[1]\n[2]'])('%j has more behind it', (content) => expect(body(content)).toEqual(['trailing-data']))
test.each(['{"a":', "{'a':1}", '{"a":NaN}', '<html>', 'OK'])('%j is not JSON', (content) => expect(body(content)).toEqual(['not-json']))
test('also in failures', () => expect(body('{} x', { status: 400 })).toEqual(['trailing-data']))
test('owned elsewhere', () => {
  expect(body('<html>', { status: 500 })).toEqual(['unobserved'])
  expect(body('<html>', { breaks: 'path' })).toEqual(['unobserved'])
  expect(body('data: {}\n\n')).toEqual(['unobserved'])
  expect(body('', { status: 204 })).toEqual(['unobserved'])
  expect(body('x', { headers: [['content-encoding', 'zstd']] })).toEqual(['unobserved'])
  expect(judged(jsonSingleValue, chatStream([{}]))).toEqual(['unobserved'])
})
