import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldCompletions } from './completions.ts'

const fold = (...chunks: unknown[]) => foldCompletions(chunks.map((json, index) => ({ index, from: 0, to: 0, atMs: 0, json })))
const piece = (text: unknown, rest: object = {}) => ({ choices: [{ index: 0, text, ...rest }] })

test('a stream becomes the object that would have been sent without it', () => {
  const head = { id: 'cmpl-1', object: 'text_completion', created: 5, model: 'm' }
  const folded = fold(
    { ...head, ...piece('On', { finish_reason: null, logprobs: null }) },
    { ...head, ...piece('ce'), usage: null },
    { ...head, id: 'other', ...piece('', { finish_reason: 'length' }) },
    { ...head, choices: [], usage: { prompt_tokens: 1 } },
  )
  expect(folded).toEqual({
    object: 'text_completion',
    id: 'cmpl-1',
    created: 5,
    model: 'm',
    usage: { prompt_tokens: 1 },
    choices: [{ index: 0, text: 'Once', logprobs: null, finish_reason: 'length' }],
  })
})

test('choices come in the order of their index', () => {
  const folded = fold({ choices: [{ index: 1, text: 'b' }] }, piece('a'), { choices: [{ index: 1, text: 'c' }] })
  expect(folded).toMatchObject({
    choices: [
      { index: 0, text: 'a' },
      { index: 1, text: 'bc' },
    ],
  })
})

test('lists of log probabilities are joined', () => {
  const folded = fold(
    piece('a', { logprobs: { tokens: ['a'], token_logprobs: [-1], top_logprobs: null, text_offset: [4] } }),
    piece('b', { logprobs: { tokens: ['b'], token_logprobs: [-2], text_offset: 5 } }),
  )
  expect(folded).toMatchObject({ choices: [{ logprobs: { tokens: ['a', 'b'], token_logprobs: [-1, -2], text_offset: [4] } }] })
})

test('what has the wrong type is left out', () => {
  expect(fold(piece('a'), piece(5))).toEqual({
    object: 'text_completion',
    choices: [{ index: 0, logprobs: null, finish_reason: null }],
  })
  expect(fold(piece('a'), piece(null), { choices: [null, { index: '0', text: 'x' }] })).toMatchObject({ choices: [{ text: 'a' }] })
})

test('nothing like a chunk is nothing', () => {
  expect(fold(null, [], 'x', { choices: {} })).toBeUndefined()
})

test('never throws', () => {
  fc.assert(fc.property(fc.array(fc.jsonValue()), (chunks) => void fold(...chunks)))
})

test('the first value that says something stays, and what is of another type says nothing', () => {
  const usage = { prompt_tokens: 1 }
  const head = (rest: object) => ({ ...piece(''), ...rest })
  expect(
    fold(head({ id: 5, created: '1', usage }), head({ id: '', model: 'm', usage: [] }), head({ id: 'a' }), head({ id: 'b', usage: 5 })),
  ).toEqual({
    object: 'text_completion',
    id: 'a',
    model: 'm',
    usage,
    choices: [{ index: 0, text: '', logprobs: null, finish_reason: null }],
  })
  const ended = fold(
    piece('a', { finish_reason: 5 }),
    piece(undefined, { finish_reason: 'stop' }),
    piece(null, { finish_reason: 'length' }),
  )
  expect(ended).toMatchObject({ choices: [{ text: 'a', finish_reason: 'stop' }] })
})
