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
