import { expect, test } from 'vitest'
import { json, judged, type Options, raw } from '../testing/transcript.ts'
import { completionStream } from './completion-stream.ts'

const stream = (events: readonly (object | string)[], options: Options = {}) =>
  raw('POST /completions', events.map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join(''), {
    headers: [['content-type', 'text/event-stream']],
    request: { prompt: 'Once', stream: true },
    ...options,
  })
const piece = (text: unknown, finish_reason: unknown = null, index: unknown = 0) => ({
  id: 'cmpl-1',
  object: 'text_completion',
  choices: [{ text, index, logprobs: null, finish_reason }],
})
const usage = { id: 'cmpl-1', object: 'text_completion', choices: [], usage: {} }
const say = (...events: readonly (object | string)[]) => judged(completionStream, stream(events))

test('holds', () => {
  expect(say(piece(' upon'), piece(' a time'), piece('', 'length'), '[DONE]')).toEqual(['held'])
  expect(say(piece(' upon', 'stop'), usage, '[DONE]')).toEqual(['held'])
  expect(say(piece('', 'stop'), '[DONE]')).toEqual(['held'])
  expect(say(piece('a', null, 1), piece('b'), piece('', 'stop'), piece('', 'stop', 1), '[DONE]')).toEqual(['held'])
  // short pieces grow by chance
  expect(say(piece('\n'), piece('\n\n'), piece('\n\n\n'), piece('\n\n\n\n'), piece('', 'stop'), '[DONE]')).toEqual(['held'])
  expect(say(piece('a', undefined), piece('b', 'stop'), '[DONE]')).toEqual(['held'])
})
test('no stream', () => {
  expect(judged(completionStream, json('POST /completions', piece('a', 'stop'), { request: { stream: true } }))).toEqual(['not-streamed'])
})
test('cut', () => {
  expect(judged(completionStream, stream([piece('a')], { end: 'truncated' }))).toEqual(['truncated'])
})
test('the sentinel', () => {
  expect(say(piece('a', 'stop'))).toEqual(['done-missing'])
  expect(say(piece('a', 'stop'), '[END]')).toEqual(['done-missing'])
  expect(say(piece('a'), '[DONE]', piece('', 'stop'))).toEqual(['done-early'])
  expect(say(piece('a', 'stop'), '[DONE]', usage)).toEqual(['after-done'])
  expect(say(piece('a', 'stop'), '[DONE]', '[DONE]')).toEqual(['after-done'])
})
test('the finish', () => {
  expect(say(piece('a'), '[DONE]')).toEqual(['finish-missing'])
  expect(say(piece('a', 'length'), piece('b', 'length'), piece('', 'length'), '[DONE]')).toEqual(['finish-repeated'])
  expect(say(piece('a', 'stop'), piece('b'), '[DONE]')).toEqual(['text-after-finish'])
  expect(say('[DONE]')).toEqual(['no-choice'])
})
test('the whole text over and over', () => {
  const texts = [' upon a', ' upon a time', ' upon a time there', ' upon a time there was', ' upon a time there was a river']
  expect(say(...texts.map((text) => piece(text)), piece('', 'stop'), '[DONE]')).toEqual(['cumulative'])
})
test('nothing to look at', () => {
  expect(say(piece('a'), { error: { message: 'Broken.' } })).toEqual(['unobserved'])
  expect(judged(completionStream, json('POST /completions', { error: { message: 'No.' } }, { request: { stream: true } }))).toEqual([
    'unobserved',
  ])
  expect(judged(completionStream, stream([piece('a')], { end: 'timeout' }))).toEqual(['unobserved'])
  const refusal = json('POST /completions', { error: { message: 'No.' } }, { status: 400, request: { stream: true } })
  expect(judged(completionStream, refusal)).toEqual(['unobserved'])
  // the schema owns what has another type, the framing what is torn
  expect(say(piece(null), piece('a', ''), '[DONE]')).toEqual(['held'])
  expect(say(piece(5), '[DONE]')).toEqual(['unobserved'])
  const torn = raw('POST /completions', `data: ${JSON.stringify(piece('a', 'stop'))}\n\ndata: [DONE]\n`, {
    headers: [['content-type', 'text/event-stream']],
    request: { stream: true },
  })
  expect(['held', 'unobserved']).toContain(judged(completionStream, torn)[0])
  expect(judged(completionStream, raw('POST /completions', 'Hello', { request: { stream: true } }))).toEqual(['unobserved'])
})
