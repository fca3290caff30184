import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { completionOptions } from './completion-options.ts'

const prompt = 'Once upon a time'
const answer = (request: object, choice: object = {}, prompt_tokens: unknown = 4, copies = 1) =>
  json(
    'POST /completions',
    {
      choices: Array.from({ length: copies }, (_, index) => ({ text: ' there', index, logprobs: null, ...choice })),
      usage: { prompt_tokens },
    },
    { request: { prompt, ...request } },
  )
const lists = { tokens: [' a', ' b'], token_logprobs: [null, -1], top_logprobs: [null, { ' b': -1, ' c': -2, ' d': -3 }] }
const suffix = 'The river runs to the sea. '.repeat(20)
const say = (request: object, choice?: object) => judged(completionOptions, answer(request, choice))

test('holds', () => {
  expect(say({ echo: true }, { text: `${prompt} there` })).toEqual(['held'])
  expect(say({ echo: true }, { text: ` ${prompt}` })).toEqual(['held'])
  expect(say({ logprobs: 2 }, { logprobs: lists })).toEqual(['held'])
  expect(say({ logprobs: 2 }, { text: '' })).toEqual(['held'])
  expect(say({ logprobs: 0 }, { logprobs: { ...lists, top_logprobs: [] } })).toEqual(['held'])
  expect(say({ best_of: 2 })).toEqual(['held'])
  expect(judged(completionOptions, [answer({}), answer({ suffix }, {}, 120)])).toEqual(['held'])
  expect(judged(completionOptions, json('POST /completions', { error: {} }, { status: 400, request: { prompt, echo: true } }))).toEqual([
    'held',
  ])
})
test('an echo unasked', () => {
  expect(say({}, { text: `${prompt} there` })).toEqual(['echo'])
  expect(say({}, { text: ` ${prompt} there` })).toEqual(['held'])
  expect(say({ prompt: 'la' }, { text: 'lala' })).toEqual(['held'])
})
test('no echo', () => {
  expect(say({ echo: true })).toEqual(['echo'])
})
test('no suffix', () => {
  expect(judged(completionOptions, [answer({}), answer({ suffix })])).toEqual(['suffix'])
})
test('all of the best', () => {
  expect(judged(completionOptions, answer({ best_of: 2 }, {}, 4, 2))).toEqual(['best-of'])
})
test('no log probabilities', () => {
  expect(say({ logprobs: 2 })).toEqual(['logprobs'])
})
test('log probabilities in another form', () => {
  expect(say({ logprobs: 2 }, { logprobs: { content: [] } })).toEqual(['logprobs-form'])
  expect(say({ logprobs: 2 }, { logprobs: { ...lists, token_logprobs: [-1] } })).toEqual(['logprobs-form'])
  expect(say({ logprobs: 2 }, { logprobs: { ...lists, tokens: [5, 6] } })).toEqual(['logprobs-form'])
  expect(say({ logprobs: 1 }, { logprobs: lists })).toEqual(['logprobs-form'])
})
test('nothing to look at', () => {
  expect(say({ echo: true }, { text: 5 })).toEqual(['held'])
  expect(judged(completionOptions, answer({ suffix }))).toEqual(['unobserved'])
  expect(judged(completionOptions, [answer({}), answer({ suffix }, {}, 0)])).toEqual(['unobserved'])
  expect(judged(completionOptions, json('POST /completions', {}, { status: 500, request: { prompt, echo: true } }))).toEqual(['unobserved'])
  expect(judged(completionOptions, json('POST /completions', null, { request: { prompt, echo: true } }))).toEqual(['unobserved'])
})
