import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../types.ts'
import { foldChat } from './chat.ts'

const fold = (...chunks: unknown[]) => foldChat(chunks.map((json, index) => ({ index, from: 0, to: 0, atMs: 0, json }))) as JsonObject
const delta = (value: unknown, rest: object = {}) => ({ choices: [{ index: 0, delta: value, ...rest }] })
const message = (...deltas: unknown[]) => (fold(...deltas.map((value) => delta(value))).choices as JsonObject[])[0]?.message

test('a stream becomes the object that would have been sent without it', () => {
  const head = { id: 'c1', object: 'chat.completion.chunk', created: 5, model: 'm', system_fingerprint: null }
  const folded = fold(
    { ...head, ...delta({ role: 'assistant', content: '' }) },
    { ...head, ...delta({ content: 'O' }), usage: null },
    { ...head, id: 'other', ...delta({ content: 'K' }, { finish_reason: 'stop' }) },
    { ...head, choices: [], usage: { prompt_tokens: 1 } },
  )
  expect(folded).toEqual({
    object: 'chat.completion',
    id: 'c1',
    created: 5,
    model: 'm',
    usage: { prompt_tokens: 1 },
    choices: [{ index: 0, message: { role: 'assistant', content: 'OK' }, finish_reason: 'stop', logprobs: null }],
  })
})

test('choices and calls come in the order of their index, whatever order their pieces came in', () => {
  const call = (index: number, rest: object) => ({ tool_calls: [{ index, ...rest }] })
  const folded = fold(
    { choices: [{ index: 1, delta: { content: 'b' } }] },
    delta(call(1, { id: 'y', type: 'function', function: { name: 'g', arguments: '{' } })),
    delta(call(0, { id: 'x', type: 'function', function: { name: 'f', arguments: '' } })),
    delta({
      tool_calls: [
        { index: 0, id: '', function: { name: null, arguments: '{"a"' } },
        { index: 1, function: { arguments: '}' } },
      ],
    }),
    delta(call(0, { id: 'late', function: { name: 'late', arguments: ':1}' } })),
  )
  expect(folded.choices).toEqual([
    {
      index: 0,
      message: {
        content: null,
        tool_calls: [
          { id: 'x', type: 'function', function: { name: 'f', arguments: '{"a":1}' } },
          { id: 'y', type: 'function', function: { name: 'g', arguments: '{}' } },
        ],
      },
      finish_reason: null,
      logprobs: null,
    },
    { index: 1, message: { content: 'b' }, finish_reason: null, logprobs: null },
  ])
})

test('thoughts, refusals and log probabilities are folded too', () => {
  const folded = fold(
    delta({ reasoning_content: 'H', reasoning_details: [{ a: 1 }] }, { logprobs: { content: [{ token: 'x' }] } }),
    delta({ reasoning_content: 'm', reasoning_details: [{ a: 2 }], refusal: 'N' }, { logprobs: null }),
    delta({ refusal: 'o' }, { logprobs: { content: [{ token: 'y' }] } }),
  )
  expect(folded.choices).toEqual([
    {
      index: 0,
      message: { reasoning_content: 'Hm', refusal: 'No', content: null, reasoning_details: [{ a: 1 }, { a: 2 }] },
      finish_reason: null,
      logprobs: { content: [{ token: 'x' }, { token: 'y' }] },
    },
  ])
})

test('nothing is repaired: a text with a piece of the wrong type is left out', () => {
  expect(message({ content: 'a' }, { content: 5 }, { content: 'b' })).toEqual({})
  expect(message({ content: 'a' }, { content: null }, { content: 'b' })).toEqual({ content: 'ab' })
  const call = (text: unknown) => ({ tool_calls: [{ index: 0, id: 'x', function: { name: 'f', arguments: text } }] })
  expect(message(call('{"a":'), call({ a: 1 }), call('1}'))).toMatchObject({ tool_calls: [{ id: 'x', function: { name: 'f' } }] })
  expect(JSON.stringify(message(call('{"a":'), call({ a: 1 })))).not.toContain('arguments')
  expect(fold({ id: 5, created: 'now', model: null, ...delta({}) })).not.toHaveProperty('id')
})

test('what belongs to no choice or no call is left out', () => {
  expect(fold({ choices: [{ delta: { content: 'x' } }, null, 'x', { index: '0', delta: {} }, { index: 0.5 }] })).toEqual({
    object: 'chat.completion',
    choices: [],
  })
  expect(message({ tool_calls: [null, { id: 'x' }, { index: '0' }, { index: 0.5 }] })).toEqual({ content: null })
})

test('the first value that says something stays: of the head, the role, the end and the names of calls', () => {
  expect(
    fold({ id: '', created: 0, model: 'm', ...delta({}) }, { id: 'c', created: 7, model: 'n', service_tier: 'flex', ...delta({}) }),
  ).toMatchObject({
    id: 'c',
    created: 7,
    model: 'm',
    service_tier: 'flex',
  })
  expect(fold({ usage: { a: 1 }, ...delta({}) }, { usage: null, ...delta({}) }, { usage: [], ...delta({}) }).usage).toEqual({ a: 1 })
  expect(message({ role: 5 }, { role: 'assistant' }, { role: 'user' })).toEqual({ role: 'assistant', content: null })
  const ended = fold(delta({}, { finish_reason: 5 }), delta({}, { finish_reason: 'stop' }), delta({}, { finish_reason: 'length' }))
  expect(ended.choices).toMatchObject([{ finish_reason: 'stop' }])
  const call = (rest: object) => ({ tool_calls: [{ index: 0, ...rest }] })
  const calls = message(
    call({ id: 5, type: 5, function: { name: 5 } }),
    call({ id: '', type: '', function: { name: '', arguments: null } }),
    call({ id: 'x', type: 'function', function: { name: 'f', arguments: undefined } }),
    call({ id: 'y', type: 'other', function: { name: 'g', arguments: '{}' } }),
  )
  expect(calls).toEqual({ content: null, tool_calls: [{ id: 'x', type: 'function', function: { name: 'f', arguments: '{}' } }] })
})

test('a call of which nothing came has no members but its function', () => {
  const [call] = (message({ tool_calls: [{ index: 3 }] }) as { tool_calls: object[] }).tool_calls
  expect(Object.keys(call ?? {})).toEqual(['function'])
  expect(JSON.stringify(call)).toBe('{"function":{}}')
})

test('without a chunk there is no completion', () => {
  expect(fold({ error: { message: 'x' } }, null, 5, { choices: {} })).toBeUndefined()
  expect(fold()).toBeUndefined()
})

test('no JSON makes it throw', () => {
  const names = [
    'id',
    'index',
    'delta',
    'choices',
    'content',
    'tool_calls',
    'function',
    'arguments',
    'name',
    'logprobs',
    'usage',
    'finish_reason',
    'role',
    'reasoning_details',
    '__proto__',
  ]
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom(null, 0, -1, 1.5, '', 'x', true),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...names), tie('tree'), { maxKeys: 5 }),
    ),
  }))
  fc.assert(
    fc.property(fc.array(tree, { maxLength: 4 }), (chunks) => {
      fold(...chunks)
      fold(...chunks.map((chunk) => ({ choices: [{ index: 0, delta: chunk, logprobs: chunk }] })))
      fold(...chunks.map((chunk) => delta({ tool_calls: [chunk], reasoning_details: [chunk] })))
    }),
    { numRuns: 300 },
  )
})

test('long lists and many chunks cost no more than their length', () => {
  const many = Array.from({ length: 300_000 }, () => ({ token: 'x' }))
  expect(
    (fold(delta({}, { logprobs: { content: many } })).choices as { logprobs: { content: unknown[] } }[])[0]?.logprobs.content,
  ).toHaveLength(300_000)
  const folded = message(...Array.from({ length: 50_000 }, () => ({ reasoning_details: [{ a: 1 }] }))) as { reasoning_details: unknown[] }
  expect(folded.reasoning_details).toHaveLength(50_000)
})
