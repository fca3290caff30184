import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { choicesAsked } from './choices-asked.ts'

const answer = (count: number, n?: number, status = 200) =>
  json('POST /chat/completions', { choices: Array.from({ length: count }, (_, index) => ({ index })) }, { status, request: { n } })

test('holds', () => {
  expect(judged(choicesAsked, answer(2, 2))).toEqual(['held'])
})
test('one instead', () => {
  expect(judged(choicesAsked, answer(1, 2))).toEqual(['ignored'])
})
test('another number', () => {
  expect(judged(choicesAsked, answer(3, 2))).toEqual(['count'])
})
test('one asked for, refused, or none', () => {
  expect(judged(choicesAsked, answer(1))).toEqual(['unobserved'])
  expect(judged(choicesAsked, answer(1, 1))).toEqual(['unobserved'])
  expect(judged(choicesAsked, answer(1, 2, 400))).toEqual(['unobserved'])
  expect(judged(choicesAsked, answer(0, 2))).toEqual(['unobserved'])
  expect(judged(choicesAsked, chatStream([], { request: { n: 2 } }))).toEqual(['unobserved'])
})
