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

const told = (view: ReturnType<typeof stream>) => {
  const outcome = completionStream.judge([view], undefined, { requirement: 'r', traits: new Set(), declared: false })
  return outcome.kind === 'violated' ? outcome.violations : outcome
}

test('where it is told', () => {
  expect(told(stream(['[DONE]']))).toMatchObject([{ at: { pointer: '/choices' }, expected: 'a choice' }])
  expect(told(stream([piece('a', 'stop'), piece('b'), '[DONE]']))).toMatchObject([
    { at: { index: 1, pointer: '/choices/0/text' }, actual: '"b"' },
  ])
  expect(told(stream([piece('a', 'stop'), piece('', 'stop'), '[DONE]']))).toMatchObject([
    { at: { index: 1, pointer: '/choices/0/finish_reason' } },
  ])
  expect(told(stream([piece('a', null, 1), '[DONE]']))).toMatchObject([{ at: { in: 'completion', pointer: '/choices/1/finish_reason' } }])
  expect(told(stream([piece('a', 'stop')]))).toMatchObject([{ code: 'done-missing', actual: expect.stringContaining('last event {"id"') }])
  expect(told(stream([]))).toMatchObject([{ code: 'done-missing', actual: 'no events' }])
  expect(told(stream([piece('a')], { end: 'truncated' }))).toMatchObject([{ actual: 'cut' }])
  expect(told(stream([piece('a')], { end: 'truncated', endReason: 'ECONNRESET' }))).toMatchObject([{ actual: 'ECONNRESET' }])
  expect(told(stream([piece('a', 'stop'), '[DONE]', { a: 1 }]))).toMatchObject([{ code: 'after-done', actual: '{"a":1}' }])
  expect(told(stream([piece('a', 'stop'), '[DONE]', 'x']))).toMatchObject([{ code: 'after-done', actual: '"x"' }])
})
test('how it ended matters where there is no sentinel', () => {
  expect(judged(completionStream, stream([piece('a')], { end: 'stopped' }))).toEqual(['unobserved'])
  for (const end of ['stopped', 'timeout', 'truncated'] as const)
    expect(judged(completionStream, stream([piece('a', 'stop'), '[DONE]'], { end }))).toEqual(['held'])
  const cut = json('POST /completions', piece('a', 'stop'), { request: { stream: true }, end: 'truncated' })
  expect(judged(completionStream, cut)).toEqual(['unobserved'])
})
test('a sentinel that was torn is judged with the framing', () => {
  const torn = (text: string) =>
    judged(
      completionStream,
      raw('POST /completions', `data: ${JSON.stringify(piece('a', 'stop'))}\n\n${text}`, {
        headers: [['content-type', 'text/event-stream']],
        request: { stream: true },
      }),
    )
  for (const text of ['data: [DONE]\n', 'data: [DONE]', '[DONE]\n\n', 'data: x\ndata: [DONE]\n\n', '[done]\n\n \n\n'])
    expect(torn(text)).toEqual(['unobserved'])
  for (const text of ['', 'data: [done]\n\n', '[DONE] and more\n\n', 'data: x', `[DONE]\n\n${': c\n'.repeat(30)}\n`])
    expect(torn(text)).toEqual(['done-missing'])
})
test('nothing is missed of what came with the wrong type, or without a number', () => {
  expect(say(piece('a'), piece('b', 5), '[DONE]')).toEqual(['held'])
  expect(say(piece('a'), piece('b', null, 'x'), '[DONE]')).toEqual(['held'])
  expect(say(piece('a'), piece('b', null, 1), '[DONE]')).toEqual(['finish-missing', 'finish-missing'])
  expect(say(piece('a', ''), '[DONE]')).toEqual(['held'])
  const shape = [{ requirement: 'completions.shape', violation: { code: 'type', at: { in: 'end' as const } } }]
  expect(judged(completionStream, stream(['[DONE]'], { shape }))).toEqual(['unobserved'])
})
test('no more than twenty are told', () => {
  const many = Array.from({ length: 30 }, (_, index) => piece('a', null, index))
  expect(say(...many, '[DONE]')).toHaveLength(20)
  expect(say(piece('a', 'stop'), ...Array.from({ length: 30 }, () => piece('b')), '[DONE]')).toHaveLength(20)
})
test('pieces that only look as if they grew', () => {
  const grow = (...texts: string[]) => say(...texts.map((text) => piece(text)), piece('', 'stop'), '[DONE]')
  const long = ' upon a time there was a river that ran to the sea'
  expect(grow(long, long, long, long, long)).toEqual(['held'])
  expect(grow(long, `${long}1`, 'x', `${long}12`, `${long}123`, 'y')).toEqual(['held'])
  expect(grow(long, `1${long}`, `12${long}`, `123${long}`, `1234${long}`)).toEqual(['held'])
})
