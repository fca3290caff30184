import { expect, test } from 'vitest'
import { told } from '../testing/told.ts'
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
  expect(judged(unicodeEcho, answer(line.replace('🚀', 'ðŸš€')))).toEqual(['mojibake'])
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

test('where it is told, and of which characters', () => {
  expect(told(unicodeEcho, answer(line.replace('🚀', '\ufffd')))[0]).toMatch(/^replaced at \/choices\/0\/message\/content: "river /)
  expect(told(unicodeEcho, answer(line.normalize('NFD')))[0]).toMatch(/^normalised at \/choices\/0\/message\/content: "river /)
})
const ask = (asked: string, content: unknown) =>
  judged(
    unicodeEcho,
    json(
      'POST /chat/completions',
      { choices: [{ index: 0, message: { content } }] },
      { request: { messages: [{ role: 'user', content: `Repeat this line exactly: ${asked}` }] } },
    ),
  )
test('one run that was harmed is enough', () => {
  expect(ask('river é and ü sea', 'river Ã© and ü sea')).toEqual(['mojibake'])
  expect(ask('river é and ü sea', `river é and ${Buffer.from('ü').toString('latin1')} sea`)).toEqual(['mojibake'])
  expect(ask('river é and ü sea', 'river \\u00e9 and ü sea')).toEqual(['escaped'])
  expect(ask('river é and ü sea', 'river \\u00E9 and ü sea')).toEqual(['escaped'])
})
test('an echo is what stands between the first word and the last', () => {
  expect(ask('river é sea', 'Sure: river  sea.')).toEqual(['lost'])
  expect(ask('river   é   sea ', 'river sea')).toEqual(['lost'])
  expect(ask('river é sea', 'sea river')).toEqual(['unobserved'])
  expect(ask('sea é sea', 'sea')).toEqual(['unobserved'])
  expect(ask('river é sea', 'é sea')).toEqual(['unobserved'])
})
test('question marks that were asked for are no harm, and others are where the rest is whole', () => {
  expect(ask('river é? sea', 'river ?? sea')).toEqual(['unobserved'])
  expect(ask('river é sea', 'river ? and more sea')).toEqual(['unobserved'])
  expect(ask('river é sea', 'river ?? sea')).toEqual(['replaced'])
  expect(ask('river 🚀 é sea', 'river ? é sea')).toEqual(['replaced'])
  expect(ask('river é sea', 'river \ufffd\ufffd sea')).toEqual(['replaced'])
  expect(ask('river é sea', 'river \ufffd other sea')).toEqual(['unobserved'])
})
test('characters that are gone neatly', () => {
  expect(ask('river 🚀 and é sea', 'river and é sea')).toEqual(['lost'])
  expect(ask('river é and à sea', 'river e and a sea')).toEqual(['lost'])
  expect(ask('river é and à sea', 'river e and à sea')).toEqual(['unobserved'])
  expect(ask('river é sea', 'river and sea')).toEqual(['unobserved'])
  expect(ask('river and sea', 'river or sea')).toEqual(['unobserved'])
})
test('a word is harmed in one encoding or the other', () => {
  expect(ask('river 日 sea', 'river æ—¥ sea')).toEqual(['mojibake'])
  expect(ask('river 日 sea', `river ${Buffer.from('日').toString('latin1')} sea`)).toEqual(['mojibake'])
})
test('what is not between the first word and the last is no echo', () => {
  expect(ask('é ü', 'over to ü now')).toEqual(['unobserved'])
  expect(ask('é ü', 'é is all')).toEqual(['unobserved'])
  expect(ask('é ü', 'üé')).toEqual(['unobserved'])
  expect(ask('river é sea', '日本 нет qu \u0000 river  sea')).toEqual(['unobserved'])
})
test('words of two scripts around an echo are no noise', () => {
  expect(ask('river é sea', 'Вот 日本: river  sea')).toEqual(['lost'])
})
test('what was swallowed beside the characters is no neat harm', () => {
  expect(ask('river é sea', 'riversea')).toEqual(['unobserved'])
  expect(ask('river é sea', 'river\ufffdsea')).toEqual(['unobserved'])
  expect(ask('river é and sea', 'river \ufffd or sea')).toEqual(['unobserved'])
  expect(ask('river   é sea', 'river é sea')).toEqual(['unobserved'])
})
test('several signs may stand for one character, and a joiner goes with what it joins', () => {
  expect(ask('river é sea', 'river \ufffd \ufffd sea')).toEqual(['replaced'])
  expect(ask('a river🚀é sea', 'a river?é sea')).toEqual(['replaced'])
  expect(ask('river 👩\u200d🚀 é sea', 'river é sea')).toEqual(['lost'])
})
test('bytes that are no UTF-8 are judged where the bytes are', () => {
  const body = Buffer.concat([Buffer.from('{"choices":[{"message":{"content":"river '), Buffer.from([0xe9]), Buffer.from(' sea"}}]}')])
  const view = raw('POST /chat/completions', body, { request: { messages: [{ content: 'Repeat this line exactly: river é sea' }] } })
  expect(judged(unicodeEcho, view)).toEqual(['unobserved'])
})
test('of a stream only characters that were cut are judged elsewhere', () => {
  const request = { messages: [{ role: 'user', content: 'Repeat this line exactly: river é ü sea' }] }
  const streamed = (content: string) => judged(unicodeEcho, chatStream([{ choices: [{ index: 0, delta: { content } }] }], { request }))
  expect(streamed('river \ufffd \ufffd sea')).toEqual(['unobserved'])
  expect(streamed('river ? ? sea')).toEqual(['replaced'])
  expect(streamed(`river ${Buffer.from('é').toString('latin1')} \ufffd sea`)).toEqual(['mojibake'])
})
