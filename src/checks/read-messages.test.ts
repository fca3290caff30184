import { expect, test } from 'vitest'
import { json, raw } from '../testing/transcript.ts'
import { blocksOf, isCut, messageOf, outputTokens, streamOf, toolsOf, writtenLength } from './read-messages.ts'

const events = (text: string, status = 200) => raw('POST /messages', text, { status, headers: [['content-type', 'text/event-stream']] })
const sent = (...list: unknown[]) =>
  events(list.map((each) => `data: ${typeof each === 'string' ? each : JSON.stringify(each)}\n\n`).join(''))

test('a message calls itself one', () => {
  expect(messageOf(json('POST /messages', { type: 'message' }))).toEqual({ type: 'message' })
  for (const body of [{ type: 'error' }, [], null]) expect(messageOf(json('POST /messages', body))).toBeUndefined()
})

test('blocks are objects, with their places', () => {
  expect(blocksOf({ content: [{ a: 1 }, null, 'x', { b: 2 }] })).toEqual([
    { block: { a: 1 }, pointer: '/content/0' },
    { block: { b: 2 }, pointer: '/content/3' },
  ])
  expect(blocksOf({ content: 'x' })).toEqual([])
  expect(blocksOf(undefined)).toEqual([])
})

test('what was written: words, thoughts, and of tools the name and the input', () => {
  const deep = Array.from({ length: 20_000 }).reduce<unknown>((inner) => [inner], 0)
  const content = [
    { type: 'text', text: 'abc', name: 'not written', input: 'not written' },
    { type: 'thinking', thinking: 'de' },
    { type: 'tool_use', name: 'fgh', input: { a: 1 } },
    { type: 'tool_use' },
    { type: 'tool_use', input: deep },
  ]
  expect(writtenLength({ content: content.slice(0, 4) })).toBe(17)
  expect(writtenLength({ content: content.slice(4) })).toBe(0)
  expect(writtenLength({})).toBe(0)
})

test('tokens, tools and reasons', () => {
  expect(outputTokens({ usage: { output_tokens: 5 } })).toBe(5)
  for (const message of [undefined, {}, { usage: { output_tokens: 1.5 } }]) expect(outputTokens(message)).toBeUndefined()
  const tools = (list: unknown) => [...toolsOf(json('POST /messages', {}, { request: { tools: list } })).keys()]
  expect(tools([{ name: 'a' }, {}, null, { name: 5 }, { name: 'b' }])).toEqual(['a', 'b'])
  expect(tools(undefined)).toEqual([])
  expect(['end_turn', 'tool_use', 'stop_sequence'].some((stop_reason) => isCut({ stop_reason }))).toBe(false)
  for (const message of [{ stop_reason: 'max_tokens' }, { stop_reason: null }, {}]) expect(isCut(message)).toBe(true)
})

test('a stream: its events with a type, and whether it failed or was damaged', () => {
  const state = (...list: unknown[]) => {
    const stream = streamOf(sent(...list))
    return stream && [stream.events.map(({ type }) => type), stream.failed, stream.damaged]
  }
  expect(state({ type: 'a' }, { type: 'b' })).toEqual([['a', 'b'], false, false])
  expect(state({ type: 'a' }, { type: 'error', error: {} })).toEqual([['a'], true, false])
  for (const odd of [{}, [], 5, '"x"', '{"type":', { type: 5 }]) expect(state(odd)).toEqual([[], false, true])
  expect(state('[DONE]', 'noise')).toEqual([[], false, false])
  expect(streamOf(events('data: {"type":"a"}\n\n{"type":"b"}\n\n'))?.damaged).toBe(true)
  expect(streamOf(events('data: {"type":"a"}\n\nPROCESSING\n\n'))?.damaged).toBe(false)
})

test('no stream, or none of success', () => {
  for (const status of [199, 300, 400]) expect(streamOf(events('data: {}\n\n', status))).toBeUndefined()
  for (const status of [200, 299]) expect(streamOf(events('data: {}\n\n', status))).toBeDefined()
  expect(streamOf(json('POST /messages', {}))).toBeUndefined()
})
