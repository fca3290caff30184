import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { finishOnce } from './finish-once.ts'

const piece = (delta: object, finish_reason: unknown = null, index: unknown = 0) => ({
  id: 'a',
  choices: [{ index, delta, finish_reason }],
})

test('holds', () => {
  expect(judged(finishOnce, chatStream([piece({}), piece({}, 'stop'), { choices: [], usage: {} }, '[DONE]']))).toEqual(['held'])
  expect(judged(finishOnce, chatStream([piece({}, 'stop'), piece({}, 'stop', 1), '[DONE]']))).toEqual(['held'])
  expect(judged(finishOnce, chatStream([piece({}, 'stop')]))).toEqual(['held'])
})
test('never', () => {
  expect(judged(finishOnce, chatStream([piece({ content: 'a' }), '[DONE]']))).toEqual(['missing'])
  expect(judged(finishOnce, chatStream([piece({}, 'stop'), piece({}, null, 1), '[DONE]']))).toEqual(['missing'])
})
test('again and again', () => {
  expect(judged(finishOnce, chatStream([piece({}, 'stop'), piece({}, 'stop'), piece({}, 'stop'), '[DONE]']))).toEqual(['repeated'])
  expect(judged(finishOnce, chatStream([piece({}, 'length'), piece({}, 'stop')]))).toEqual(['repeated'])
})
test('no choice at all', () => {
  expect(judged(finishOnce, chatStream([{ choices: [], usage: {} }, '[DONE]']))).toEqual(['no-choice'])
  expect(judged(finishOnce, chatStream(['[DONE]']))).toEqual(['no-choice'])
})
test('cut short, failed, or for the schema', () => {
  expect(judged(finishOnce, chatStream([piece({ content: 'a' })]))).toEqual(['unobserved'])
  expect(judged(finishOnce, chatStream([piece({}), { error: { message: 'no' } }, '[DONE]']))).toEqual(['unobserved'])
  expect(judged(finishOnce, chatStream([piece({}), { choices: [], error: { message: 'no' } }, '[DONE]']))).toEqual(['unobserved'])
  expect(judged(finishOnce, chatStream([piece({}, ''), '[DONE]']))).toEqual(['unobserved'])
  expect(judged(finishOnce, chatStream([piece({}, 'stop', '0'), '[DONE]']))).toEqual(['unobserved'])
  expect(judged(finishOnce, chatStream([{ id: 'a', choices: null }, '[DONE]']))).toEqual(['unobserved'])
  for (const lost of ['{"a":1}{"b":2}', '[{"a":1}]', '"{}"'])
    expect(judged(finishOnce, chatStream([lost, '[DONE]']))).toEqual(['unobserved'])
  expect(judged(finishOnce, json('POST /chat/completions', {}))).toEqual(['unobserved'])
})
