import { expect, test } from 'vitest'
import { chatStream, json, judged, raw } from '../testing/transcript.ts'
import { unicodeEcho } from './unicode-echo.ts'

const line = 'river 🚀 👍🏽 日本語 naïve été مرحبا sea'
const request = { messages: [{ role: 'user', content: `Repeat this line exactly: ${line}` }] }
const answer = (content: unknown) => json('POST /chat/completions', { choices: [{ index: 0, message: { content } }] }, { request })
const stream = (...pieces: string[]) =>
  chatStream(
    pieces.map((content) => ({ choices: [{ index: 0, delta: { content } }] })),
    { request },
  )
const mangled = (encoding: string) => new TextDecoder(encoding).decode(Buffer.from(line))

test('holds', () => {
  expect(judged(unicodeEcho, answer(`Sure: ${line}`))).toEqual(['held'])
  expect(judged(unicodeEcho, stream(line.slice(0, 14), line.slice(14)))).toEqual(['held'])
  expect(judged(unicodeEcho, stream(line.slice(0, 7), line.slice(7)))).toEqual(['held'])
})
test('composed or decomposed is told', () => {
  expect(judged(unicodeEcho, answer(line.normalize('NFD')))).toEqual(['held', 'note:normalised'])
})
test('replacement characters and question marks', () => {
  expect(judged(unicodeEcho, answer(line.replace('🚀', '\ufffd')))).toEqual(['replaced'])
  expect(judged(unicodeEcho, answer('river ? ?? ??? na?ve e?te? ????? sea'))).toEqual(['replaced'])
  expect(judged(unicodeEcho, answer('river ? ?? ??? na?ve ?t? ????? sea'))).toEqual(['replaced'])
  expect(judged(unicodeEcho, answer('river ? ? 日本語 naïve été مرحبا sea'))).toEqual(['replaced'])
  // what is cut in a stream is judged with its bytes
  expect(judged(unicodeEcho, stream('river 🚀 \ufffd\ufffd 日本語 naïve été مرحبا sea'))).toEqual(['unobserved'])
})
test('bytes read in another encoding', () => {
  expect(judged(unicodeEcho, answer(mangled('windows-1252')))).toEqual(['mojibake'])
  expect(judged(unicodeEcho, answer(Buffer.from(line).toString('latin1')))).toEqual(['mojibake'])
})
test('escapes left in the text', () => {
  expect(judged(unicodeEcho, answer('river 🚀 👍🏽 \\u65e5\\u672c\\u8a9e naïve été مرحبا sea'))).toEqual(['escaped'])
})
test('half a surrogate pair', () => {
  expect(judged(unicodeEcho, answer(line.replace('🚀', '\ud83d')))).toEqual(['lone-surrogate'])
})
test('characters gone', () => {
  expect(judged(unicodeEcho, answer('river   日本語 naïve été مرحبا sea'))).toEqual(['lost'])
  expect(judged(unicodeEcho, answer('river nave ete sea'))).toEqual(['lost'])
  expect(judged(unicodeEcho, answer('river nave t sea'))).toEqual(['lost'])
  expect(judged(unicodeEcho, answer('river na ve t sea'))).toEqual(['lost'])
  expect(judged(unicodeEcho, answer(line.normalize('NFD').replace(/\p{M}/gu, '')))).toEqual(['lost'])
})
test('the model did something else', () => {
  expect(judged(unicodeEcho, answer(''))).toEqual(['unobserved'])
  expect(judged(unicodeEcho, answer('\ufffd\ufffd\ufffd'))).toEqual(['unobserved'])
  expect(judged(unicodeEcho, answer('zx\u0000нет river \ufffd日 sea'))).toEqual(['unobserved'])
  expect(judged(unicodeEcho, answer('日本\u0000 river sea'))).toEqual(['unobserved'])
  expect(judged(unicodeEcho, answer('I cannot do that'))).toEqual(['unobserved'])
  expect(judged(unicodeEcho, answer('the river flows to the sea'))).toEqual(['unobserved'])
  expect(judged(unicodeEcho, answer('river 🚀 日本語 sea'))).toEqual(['unobserved'])
  expect(judged(unicodeEcho, answer(null))).toEqual(['unobserved'])
  expect(judged(unicodeEcho, json('POST /chat/completions', { choices: [{ message: { content: line } }] }))).toEqual(['unobserved'])
  expect(
    judged(
      unicodeEcho,
      raw(
        'POST /chat/completions',
        Buffer.concat([Buffer.from('{"choices":[{"message":{"content":"river '), Buffer.from([0xf0, 0x9f]), Buffer.from(' sea"}}]}')]),
        { request },
      ),
    ),
  ).toEqual(['unobserved'])
})
