import { expect, test } from 'vitest'
import { call, eventsOf, type Json, message, reasoning, reply } from '../testing/responses.ts'
import { json, responsesStream } from '../testing/transcript.ts'
import {
  endedEarly,
  isDisguisedCall,
  isForced,
  isSound,
  markupIn,
  mayBeCut,
  settledOutput,
  spokenTokens,
  textsOf,
} from './settled-output.ts'

const plain = (output: Json, members: Json = {}, request: Json = {}, shape: Json[] = []) =>
  json('POST /responses', { ...reply([message()], members), output }, { request, shape })
const types = (list: ReturnType<typeof settledOutput>) => list?.map((item) => item?.type)

test('a plain reply has settled, whatever it has', () => {
  expect(types(settledOutput(plain([message(), null, call()])))).toEqual(['message', undefined, 'function_call'])
  expect(settledOutput(plain('x'))).toBeUndefined()
  expect(settledOutput(json('POST /responses', null))).toBeUndefined()
})

test('a streamed one where the stream agrees with itself', () => {
  const events = eventsOf(reply([reasoning(), call()]))
  expect(types(settledOutput(responsesStream(events)))).toEqual(['reasoning', 'function_call'])
  const bent = (bend: (event: Json) => void) => {
    const list = structuredClone(events)
    for (const event of list) bend(event)
    return types(settledOutput(responsesStream(list)))
  }
  const done = (event: Json) => event.type === 'response.output_item.done' && event.item.type === 'function_call'
  expect(bent((event) => done(event) && Object.assign(event.item, { name: 'other' }))).toEqual(['reasoning', undefined])
  expect(bent((event) => done(event) && Object.assign(event.item, { id: 'other' }))?.length ?? 2).toBe(2)
  expect(bent((event) => event.type === 'response.completed' && event.response.output.pop())).toBeUndefined()
  expect(settledOutput(responsesStream(events.slice(0, -1)))).toBeUndefined()
  expect(settledOutput(responsesStream([...events.slice(0, -1), '{', ...events.slice(-1)]))).toBeUndefined()
})

test('a stream without items has no output, or one that was never streamed', () => {
  const [first, last] = [eventsOf(reply([]))[0], eventsOf(reply([])).at(-1)]
  expect(settledOutput(responsesStream([first, last]))).toEqual([])
  const full = structuredClone(last)
  full.response.output = [message()]
  expect(settledOutput(responsesStream([first, full]))).toBeUndefined()
})

test('the cap may have ended it', () => {
  const cut = (status: Json, output_tokens: Json, cap: Json) =>
    mayBeCut(plain([], { status, usage: { output_tokens } }, { max_output_tokens: cap }))
  expect(cut('completed', 9, 10)).toBe(false)
  expect(cut('completed', 10, 10)).toBe(true)
  expect(cut('completed', 11, 10)).toBe(true)
  expect(cut('incomplete', 1, 10)).toBe(true)
  expect(cut('completed', undefined, 10)).toBe(false)
  expect(cut('completed', 10, undefined)).toBe(false)
  expect(mayBeCut(json('GET /responses/x', null))).toBe(true)
})

test('sound: something, without violations, each with an id of its own, messages with text', () => {
  expect(isSound(plain([reasoning(), message()]))).toBe(true)
  expect(isSound(plain([]))).toBe(false)
  expect(isSound(plain('x'))).toBe(false)
  expect(isSound(plain([message(), message()]))).toBe(false)
  expect(isSound(plain([call(), message('')]))).toBe(false)
  expect(isSound(plain([reasoning(), { ...message(), content: [] }]))).toBe(false)
  const two = { ...message(), content: [...message('').content, ...message('x').content] }
  expect(isSound(plain([two]))).toBe(true)
  expect(isSound(plain([message()], {}, {}, [{ requirement: 'x', violation: { code: 'type', at: { in: 'end' } } }]))).toBe(false)
})

test('texts and refusals, and nothing else', () => {
  const content = [
    { type: 'output_text', text: 'a' },
    { type: 'refusal', refusal: 'b' },
    { type: 'other', text: 'c' },
    null,
    { type: 'output_text', text: 5 },
  ]
  expect(textsOf({ content })).toEqual(['a', 'b'])
  expect(textsOf({ content: 'x' })).toEqual([])
  expect(textsOf(undefined)).toEqual([])
})

test('ended early: incomplete for the cap before half of it', () => {
  const early = (members: Json, cap: Json = 100) => endedEarly(plain([], { status: 'incomplete', ...members }, { max_output_tokens: cap }))
  const usage = (output_tokens: Json, total_tokens: Json) => ({ usage: { output_tokens, total_tokens } })
  expect(early(usage(49, 128))).toBe(true)
  expect(early(usage(1, 20))).toBe(true)
  for (const [used, total] of [
    [50, 60],
    [49, 129],
    [0, 20],
    [undefined, 20],
    [10, undefined],
  ])
    expect(early(usage(used, total))).toBe(false)
  expect(endedEarly(plain([], { status: 'incomplete', ...usage(10, 20) }))).toBe(false)
  expect(early({ ...usage(10, 20), status: 'completed' })).toBe(false)
  expect(early({ ...usage(10, 20), incomplete_details: { reason: 'content_filter' } })).toBe(false)
  expect(early({ ...usage(10, 20), incomplete_details: { reason: 'max_output_tokens' } })).toBe(true)
  expect(endedEarly(json('POST /responses', null))).toBe(false)
})

test.each<[Json, boolean]>([
  [{ type: 'tool_call', name: 'f', arguments: '{}' }, true],
  [{ type: 'tool_call', function: { name: 'f', arguments: '{}' } }, true],
  [{ type: 'x', name: 'f', function: { arguments: '{}' } }, true],
  [{ type: 'x', arguments: '{}', function: { name: 'f' } }, true],
  [{ type: 'x_mcp_', name: 'f', arguments: '{}' }, true],
  [{ type: 'mcp_call', name: 'f', arguments: '{}' }, false],
  [{ type: 'function_call', name: 'f', arguments: '{}' }, false],
  [{ type: 5, name: 'f', arguments: '{}' }, false],
  [{ name: 'f', arguments: '{}' }, false],
  [{ type: 'x', name: 'f' }, false],
  [{ type: 'x', arguments: '{}' }, false],
  [{ type: 'x', function: {} }, false],
  [undefined, false],
])('%j is a call under another name: %s', (item, yes) => expect(isDisguisedCall(item)).toBe(yes))

test('tokens that were spoken, and choices that force', () => {
  const spoken = (usage: Json) => spokenTokens(plain([], { usage }))
  expect(spoken({ output_tokens: 10, output_tokens_details: { reasoning_tokens: 4 } })).toBe(6)
  expect(spoken({ output_tokens: 10 })).toBe(10)
  expect(spokenTokens(json('POST /responses', null))).toBe(0)
  const forced = (tool_choice: Json) => isForced(plain([], {}, { tool_choice }))
  expect([forced('required'), forced({ type: 'function' })]).toEqual([true, true])
  expect([forced('auto'), forced({ type: 'x' }), forced(undefined), isForced(json('GET /responses/x', {}))]).toEqual([
    false,
    false,
    false,
    false,
  ])
})

test('markup of a call is looked for in messages', () => {
  const markup = '<tool_call>{"name":"f","arguments":{}}</tool_call>'
  expect(markupIn(message(markup))).toBeDefined()
  expect(markupIn(message('Hello'))).toBeUndefined()
  expect(markupIn({ ...message(markup), type: 'other' })).toBeUndefined()
  expect(markupIn(undefined)).toBeUndefined()
})
