import { expect, test } from 'vitest'
import { chatStream, json, judged, raw } from '../testing/transcript.ts'
import { unicodeEcho } from './unicode-echo.ts'

const line = 'river 🚀 👍🏽 日本語 naïve مرحبا sea'
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
  expect(judged(unicodeEcho, answer(line.normalize('NFD')))).toEqual(['held'])
  expect(judged(unicodeEcho, stream('river 🚀 👍🏽 日', '本語 naïve مرحبا sea'))).toEqual(['held'])
  expect(judged(unicodeEcho, stream('river \ud83d', '\ude80 👍🏽 日本語 naïve مرحبا sea'))).toEqual(['held'])
})
test('replacement characters and question marks', () => {
  expect(judged(unicodeEcho, answer(line.replace('🚀', '\ufffd')))).toEqual(['replaced'])
  expect(judged(unicodeEcho, answer('river ? ?? ??? na?ve ????? sea'))).toEqual(['replaced'])
  expect(judged(unicodeEcho, stream('river 🚀 \ufffd\ufffd 日本語 naïve مرحبا sea'))).toEqual(['replaced'])
})
test('bytes read in another encoding', () => {
  expect(judged(unicodeEcho, answer(mangled('windows-1252')))).toEqual(['mojibake'])
  expect(judged(unicodeEcho, answer(Buffer.from(line).toString('latin1')))).toEqual(['mojibake'])
})
test('escapes left in the text', () => {
  expect(judged(unicodeEcho, answer('river 🚀 👍🏽 \\u65e5\\u672c\\u8a9e naïve مرحبا sea'))).toEqual(['escaped'])
})
test('half a surrogate pair', () => {
  expect(judged(unicodeEcho, answer(line.replace('🚀', '\ud83d')))).toEqual(['lone-surrogate'])
})
test('characters gone', () => {
  expect(judged(unicodeEcho, answer('river   日本語 naïve مرحبا sea'))).toEqual(['lost'])
  expect(judged(unicodeEcho, answer('river nave sea'))).toEqual(['unobserved'])
  expect(judged(unicodeEcho, answer('river na ve sea'))).toEqual(['lost'])
})
test('the model did something else', () => {
  expect(judged(unicodeEcho, answer(''))).toEqual(['unobserved'])
  expect(judged(unicodeEcho, answer('\ufffd\ufffd\ufffd'))).toEqual(['unobserved'])
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
