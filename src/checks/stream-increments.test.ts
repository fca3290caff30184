import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { streamIncrements } from './stream-increments.ts'

const say = (...texts: string[]) => chatStream([...texts.map((content) => ({ choices: [{ index: 0, delta: { content } }] })), '[DONE]'])
const plain = (content: string, finish_reason: string | null = null) =>
  json('POST /chat/completions', { choices: [{ index: 0, message: { content }, finish_reason }] })
const numbers = Array.from({ length: 20 }, (_, index) => `${index + 1} `)
const grown = numbers.map((_, index) => numbers.slice(0, index + 1).join(''))
const whole = numbers.join('')

test('holds', () => {
  expect(judged(streamIncrements, say('', ...numbers))).toEqual(['held'])
  expect(judged(streamIncrements, say(...numbers, '21 22 23 24 25 26 27 28 29 30 31 32 33 34 35'))).toEqual(['held'])
  expect(judged(streamIncrements, say(...Array.from({ length: 40 }, () => '--------')))).toEqual(['held'])
  expect(judged(streamIncrements, say('The river is long. ', 'The river is wide. ', 'The river is deep. ', 'The end.'))).toEqual(['held'])
})
test('each delta is all that went before', () => {
  expect(judged(streamIncrements, say(...grown))).toEqual(['cumulative'])
})
test('the last delta is all again', () => {
  expect(judged(streamIncrements, say(...numbers, whole))).toEqual(['repeated'])
  expect(judged(streamIncrements, say(...numbers, `${whole}21 `))).toEqual(['repeated'])
})
test('each delta comes twice', () => {
  expect(judged(streamIncrements, say(...numbers.flatMap((number) => [number, number])))).toEqual(['doubled'])
})
test('pieces are missing, cut or out of order, told by the same answer unstreamed', () => {
  expect(judged(streamIncrements, [plain('river one two three sea'), say('river', ' one', ' three', ' sea')])).toEqual(['lost'])
  expect(judged(streamIncrements, [plain('river one two three sea'), say('river', 'one', 'two', 'three', 'sea')])).toEqual(['trimmed'])
  expect(judged(streamIncrements, [plain('river one two three sea'), say('river', ' two', ' one', ' three', ' sea')])).toEqual(['order'])
  expect(judged(streamIncrements, [plain('river one'), say('river', ' one')])).toEqual(['held'])
  expect(judged(streamIncrements, [plain('river one two'), say('river', ' one')])).toEqual(['unobserved'])
  expect(judged(streamIncrements, [plain('a long river in the north'), say('some lake')])).toEqual(['unobserved'])
  expect(judged(streamIncrements, [plain('river one two three sea', 'length'), say('river', ' one', ' three')])).toEqual(['unobserved'])
})
test('thoughts in the text of one mode, or chunks lost below the grammar', () => {
  expect(judged(streamIncrements, [plain('one</think>river sea or not'), say('river', ' sea', ' or')])).toEqual(['unobserved'])
  const lossy = chatStream([...['river', ' sea'].map((content) => ({ choices: [{ index: 0, delta: { content } }] })), '{"a":1}{"b":2}'])
  expect(judged(streamIncrements, [plain('river one sea'), lossy])).toEqual(['unobserved'])
})
test('nonsense is no repetition', () => {
  expect(judged(streamIncrements, say('a', 'ab', 'abc', 'abcd'))).toEqual(['unobserved'])
  expect(judged(streamIncrements, say('ha', 'ha', 'ha', 'ha', 'ha', 'ha', 'ha', 'ha', 'ha', 'ha', 'ha', 'ha'))).toEqual(['held'])
  expect(judged(streamIncrements, say('word word ', 'word word word ', 'x', 'word word ', 'word word word ', 'y'))).toEqual(['held'])
})
test('too little', () => {
  expect(judged(streamIncrements, say('OK'))).toEqual(['unobserved'])
  expect(judged(streamIncrements, say())).toEqual(['unobserved'])
  expect(judged(streamIncrements, json('POST /chat/completions', {}))).toEqual(['unobserved'])
})

const step = (request: Record<string, unknown>, body: object) => json('POST /chat/completions', body, { request })
const choice = (content: unknown, rest: object = {}) => ({ choices: [{ index: 0, message: { content }, finish_reason: null, ...rest }] })
const lossy = say('river', ' one', ' three', ' sea')
const asked = 'river one two three sea'

test('the same was asked, or nothing can be compared', () => {
  const messages = [{ role: 'user', content: 'Hi.' }]
  expect(judged(streamIncrements, [step({ messages }, choice(asked)), lossy])).toEqual(['lost'])
  expect(judged(streamIncrements, [step({ messages: [] }, choice(asked)), lossy])).toEqual(['unobserved'])
  expect(judged(streamIncrements, [step({ messages, max_tokens: 5 }, choice(asked)), lossy])).toEqual(['unobserved'])
  expect(judged(streamIncrements, [step({ messages: [] }, choice('other')), step({ messages }, choice(asked)), lossy])).toEqual(['lost'])
  expect(judged(streamIncrements, [step({ messages }, choice('')), lossy])).toEqual(['unobserved'])
  expect(judged(streamIncrements, [say('river', ' one two', ' three', ' sea'), lossy])).toEqual(['unobserved'])
})

test('white space around a text is no difference, inside it is', () => {
  expect(judged(streamIncrements, [plain('river one'), say(' river', ' one ')])).toEqual(['held'])
  expect(judged(streamIncrements, [plain(' river one\n'), say('river', ' one')])).toEqual(['held'])
  expect(judged(streamIncrements, [plain('riverone two'), say('river', ' one', ' two')])).toEqual(['unobserved'])
})

test('only what an accident explains is one', () => {
  const told = (one: string, ...pieces: string[]) => judged(streamIncrements, [plain(one), say(...pieces)])
  expect(told('rivers', 'ri', 'ers')).toEqual(['unobserved'])
  expect(told('rivers a', 'rivers', 'a')).toEqual(['trimmed'])
  expect(told('river one', 'river', ' two')).toEqual(['unobserved'])
  expect(told('abcdefgh', 'ab', 'efghcd')).toEqual(['order'])
  expect(told('abcdefghij', 'fghij')).toEqual(['lost'])
  expect(told('abcdefghijk', 'ghijk')).toEqual(['unobserved'])
  expect(told('abcdefghij', 'abcdefghi')).toEqual(['unobserved'])
  expect(told('abcdefghij', 'bcdefghijkl')).toEqual(['unobserved'])
  expect(told('abcdefghij', 'bcdefgh', 'zj')).toEqual(['unobserved'])
  expect(told('abcdefghij', '')).toEqual(['unobserved'])
})

test('what repeats by chance is short', () => {
  const eight = ['12345678', '123456789', '1234567890', '12345678901']
  expect(judged(streamIncrements, say(...eight))).toEqual(['cumulative'])
  expect(judged(streamIncrements, say(...eight.slice(0, 3), 'x', 'y'))).toEqual(['held'])
  expect(judged(streamIncrements, say(...eight.map((text) => text.slice(1))))).toEqual(['held'])
  // three growing pieces in a row, with another one between them
  expect(judged(streamIncrements, say('12345678', '123456789', '1234567890', 'x', '12345678', '123456789', 'y'))).toEqual(['held'])
  const pieces = ['12345', '67890', 'abcde', 'fghij']
  expect(judged(streamIncrements, say(...pieces, pieces.join('')))).toEqual(['repeated'])
  expect(judged(streamIncrements, say(...pieces.slice(0, 3), 'fghi', '1234567890abcdefghi'))).toEqual(['held'])
  expect(judged(streamIncrements, say('1234567890', 'abcde', 'fghij', '1234567890abcdefghij', 'x'))).toEqual(['held'])
})

test('pairs: four, each of another text, and none alone', () => {
  const twice = (...texts: string[]) => judged(streamIncrements, say(...texts.flatMap((text) => [text, text])))
  expect(twice('one ', 'two ', 'three ', 'four ')).toEqual(['doubled'])
  expect(twice('one ', 'two ', 'three and more of it ')).toEqual(['held'])
  expect(judged(streamIncrements, say(...['one ', 'two ', 'three ', 'four '].flatMap((text) => [text, text]), 'five'))).toEqual(['held'])
  expect(twice('one ', 'one ', 'one ', 'one ', 'one ', 'two ')).toEqual(['held'])
})

test('the choices of a stream are listened to one by one, and a defect is told once, where it is', () => {
  const two = chatStream(grown.flatMap((content) => [0, 1].map((index) => ({ choices: [{ index, delta: { content } }] }))))
  const outcome = streamIncrements.judge([two], undefined, { requirement: 'r', traits: new Set(), declared: false })
  expect(outcome).toMatchObject({ kind: 'violated', violations: [{ code: 'cumulative', at: { pointer: '/choices/0/delta/content' } }] })
  const doubled = say(...numbers.flatMap((number) => [number, number]))
  expect(streamIncrements.judge([doubled], undefined, { requirement: 'r', traits: new Set(), declared: false })).toMatchObject({
    violations: [{ code: 'doubled', at: { in: 'event', index: 39, pointer: '/choices/0/delta/content' } }],
  })
})
