import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { choiceIndex } from './choice-index.ts'

const answer = (indexes: readonly unknown[], n?: number) =>
  json('POST /chat/completions', { choices: indexes.map((index) => ({ index })) }, { request: n === undefined ? {} : { n } })
const stream = (indexes: readonly unknown[], n = 1) =>
  chatStream([...indexes.map((index) => ({ choices: [{ index, delta: {} }] })), '[DONE]'], { request: { n } })

test('holds', () => {
  expect(judged(choiceIndex, answer([0]))).toEqual(['held'])
  expect(judged(choiceIndex, answer([0, 1], 2))).toEqual(['held'])
  expect(judged(choiceIndex, answer([0], 2))).toEqual(['held'])
  expect(judged(choiceIndex, stream([0, 0]))).toEqual(['held'])
  expect(judged(choiceIndex, stream([1, 0], 2))).toEqual(['held'])
})
test('not the position', () => {
  expect(judged(choiceIndex, answer([1]))).toEqual(['index'])
  expect(judged(choiceIndex, answer([1, 0], 2))).toEqual(['index', 'index'])
  expect(judged(choiceIndex, stream([1, 1]))).toEqual(['index', 'index'])
})
test('more than one', () => {
  expect(judged(choiceIndex, answer([0, 1]))).toEqual(['count'])
})
test('no index', () => {
  expect(judged(choiceIndex, answer([]))).toEqual(['unobserved'])
  expect(judged(choiceIndex, answer(['0']))).toEqual(['unobserved'])
  expect(judged(choiceIndex, stream([undefined]))).toEqual(['unobserved'])
  expect(judged(choiceIndex, json('POST /chat/completions', { choices: 'none' }))).toEqual(['unobserved'])
})
