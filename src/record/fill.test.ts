import { expect, test } from 'vitest'
import type { Trait } from '../types.ts'
import { type Bindings, fill, fillText, MissingCapture } from './fill.ts'

const bindings = (names: Record<string, unknown> = {}, traits: readonly Trait[] = []): Bindings => ({
  traits: new Set(traits),
  names: new Map(Object.entries({ 'model.chat': 'qwen', nonce: 'abcdefghijklmnop', ...names })),
  random: (length) => 'z'.repeat(length),
})

test('names stand for their values inside texts', () => {
  expect(fillText('{{model.chat}} says {{ nonce }}, {{nonce}}', bindings())).toBe('qwen says abcdefghijklmnop, abcdefghijklmnop')
  expect(fillText('{{call-id}} {{call_id}}', bindings({ 'call-id': 'a', call_id: 7 }))).toBe('a 7')
  expect(fillText('{{message}}', bindings({ message: { a: [1] } }))).toBe('{"a":[1]}')
})

test('what only looks like a name is sent as it is', () => {
  const text = '{{"model": "x"}} {{}} {{{ {{1}} {"a":{"b":1}}'
  expect(fillText(text, bindings())).toBe(text)
  expect(fill({ a: '{{x}}' }, bindings({ x: '{{nonce}} $& $1' }))).toEqual({ a: '{{nonce}} $& $1' })
})

test('a captured value is put in whole, null included', () => {
  const names = { message: { role: 'assistant', content: null }, nothing: null }
  expect(fill({ messages: [{ $use: 'message' }, { role: 'user' }], x: { $use: 'nothing' } }, bindings(names))).toEqual({
    messages: [{ role: 'assistant', content: null }, { role: 'user' }],
    x: null,
  })
})

test('a captured list is spliced in between other elements', () => {
  const names = { output: [{ id: 1 }, { id: 2 }], none: [] }
  expect(fill({ input: ['a', { $splice: 'output' }, { $splice: 'none' }, 'b'] }, bindings(names))).toEqual({
    input: ['a', { id: 1 }, { id: 2 }, 'b'],
  })
})

test('every captured call gets its result', () => {
  const names = { calls: [{ id: 'a' }, { id: 7 }] }
  expect(fill([{ $results: { of: 'calls', content: '{{nonce}}!' } }], bindings(names))).toEqual([
    { role: 'tool', tool_call_id: 'a', content: 'abcdefghijklmnop!' },
    { role: 'tool', tool_call_id: '7', content: 'abcdefghijklmnop!' },
  ])
})

test.each([
  ['a text without its name', { a: '{{other}}' }],
  ['null inside a text', { a: 'id {{nothing}}' }],
  ['a value', { a: { $use: 'other' } }],
  ['a list', [{ $splice: 'other' }]],
  ['what is no list', [{ $splice: 'nonce' }]],
  ['calls', [{ $results: { of: 'other', content: '' } }]],
  ['the id of a call', [{ $results: { of: 'anonymous', content: '' } }]],
])('a missing capture: %s', (_, template) => {
  expect(() => fill(template, bindings({ nothing: null, anonymous: [{ id: null }] }))).toThrow(MissingCapture)
})

test.each([
  [[], { max_tokens: 16, max_output_tokens: 64 }],
  [['max-completion-tokens'], { max_completion_tokens: 16, max_output_tokens: 64 }],
  [['thinks'], { max_tokens: 512, max_output_tokens: 2048 }],
  [['thinks', 'max-completion-tokens'], { max_completion_tokens: 512, max_output_tokens: 2048 }],
] as [Trait[], object][])('caps follow the model: %j', (traits, expected) => {
  expect(fill({ max_tokens: { $cap: 16 }, max_output_tokens: { $cap: 64 } }, bindings({}, traits))).toEqual(expected)
})

test('a cap that was written as a number is the subject of its probe and stays', () => {
  expect(fill({ max_tokens: 5 }, bindings({}, ['thinks', 'max-completion-tokens']))).toEqual({ max_tokens: 5 })
})

test('sampling is left out where the model refuses it', () => {
  const body = { temperature: { $sampling: 'deterministic' }, top_p: 0.5 }
  expect(fill(body, bindings())).toEqual({ temperature: 0, top_p: 0.5 })
  expect(fill(body, bindings({}, ['no-temperature']))).toEqual({ top_p: 0.5 })
})

test('texts are repeated to a number of bytes, whole characters only', () => {
  const repeat = (text: string, bytes: number) => fill({ $repeat: { text, bytes } }, bindings())
  expect(repeat('river ', 15)).toBe('river river riv')
  expect(repeat('é', 5)).toBe('éé')
  expect([repeat('', 5), repeat('a', 0)]).toEqual(['', ''])
  expect(repeat('{{nonce}}.', 20)).toBe('abcdefghijklmnop.abc')
  expect(Buffer.byteLength(repeat('The river runs to the sea. ', 1_048_576) as string)).toBe(1_048_576)
})

test('generators are found at any depth, and everything else is copied', () => {
  const body = { a: [{ b: { c: { $nonce: 4 } } }], d: [null, true, 1.5, '{{nonce}}'], schema: { $ref: '#/$defs/x' } }
  expect(fill(body, bindings())).toEqual({
    a: [{ b: { c: 'zzzz' } }],
    d: [null, true, 1.5, 'abcdefghijklmnop'],
    schema: { $ref: '#/$defs/x' },
  })
})

test('a text is repeated once for each token of so many windows', () => {
  const repeat = (window: unknown) => fill({ $repeat: { text: 'a ', windows: 2 } }, bindings({ 'model.window': window }))
  expect(repeat(3)).toBe('a a a a a a ')
  for (const unknown of [undefined, '3', 10_000_000]) expect(() => repeat(unknown)).toThrow(MissingCapture)
})

test('results answer the uses of tools among the blocks of a message', () => {
  const content = [
    { type: 'text', text: 'I look.' },
    { type: 'tool_use', id: 'toolu_1' },
    { type: 'tool_use', id: 'toolu_2' },
  ]
  expect(fill([{ $results: { of: 'content', content: '21' } }], bindings({ content }))).toEqual([
    { type: 'tool_result', tool_use_id: 'toolu_1', content: '21' },
    { type: 'tool_result', tool_use_id: 'toolu_2', content: '21' },
  ])
  expect(() => fill([{ $results: { of: 'content', content: '21' } }], bindings({ content: content.slice(0, 1) }))).toThrow(MissingCapture)
})
