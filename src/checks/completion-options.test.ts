import { expect, test } from 'vitest'
import { told } from '../testing/told.ts'
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

test('where it is told, and what was there', () => {
  const tell = (request: object, choice?: object, copies?: number) => told(completionOptions, answer(request, choice, 4, copies))
  expect(tell({ echo: true })).toEqual(['echo at /choices/0/text: text from "Once upon a time" on, not " there"'])
  expect(tell({}, { text: `${prompt}!` })).toEqual(['echo at /choices/0/text: text behind the prompt only, not "Once upon a time!"'])
  expect(tell({ best_of: 2 }, {}, 2)).toEqual(['best-of at /choices: the best 1, not 2 choices'])
  const lines = (logprobs: object, asked = 2) =>
    tell({ logprobs: asked }, { logprobs }).map((line) => line.replace('logprobs-form at /choices/0/logprobs: ', ''))
  expect(lines({ content: [] })).toEqual(['a list tokens, not absent'])
  expect(lines({ ...lists, token_logprobs: 'x' })).toEqual(['a list token_logprobs, not string'])
  for (const name of ['token_logprobs', 'top_logprobs', 'text_offset'])
    expect(lines({ ...lists, [name]: [0] })).toEqual(['lists of 2, not a list of 1'])
  expect(lines({ ...lists, tokens: [' a', 5] })).toEqual(['texts and their numbers, not number'])
  expect(lines({ ...lists, token_logprobs: [null, '-1'] })).toEqual(['texts and their numbers, not string'])
  expect(lines(lists, 1)).toEqual(['at most 2 alternatives, not 3'])
})
test('a prompt of twelve letters may be told from chance, and white space around it is no matter', () => {
  expect(say({ prompt: 'abcdefghijkl' }, { text: 'abcdefghijklm' })).toEqual(['echo'])
  expect(say({ prompt: 'abcdefghijk' }, { text: 'abcdefghijkl' })).toEqual(['held'])
  expect(say({ prompt: ' Once upon ', echo: true }, { text: 'Once upon a time' })).toEqual(['held'])
  expect(say({ prompt: ['Once'], echo: true }, { text: 'x' })).toEqual(['held'])
})
test('lists that are empty or left out, and many alternatives', () => {
  expect(say({ logprobs: 2 }, { logprobs: { ...lists, text_offset: [] } })).toEqual(['held'])
  expect(say({ logprobs: 2 }, { logprobs: { tokens: [], token_logprobs: [] } })).toEqual(['held'])
  expect(say({ logprobs: 2 }, { logprobs: undefined, text: 'x' })).toEqual(['logprobs'])
  expect(say({ logprobs: 2 }, { logprobs: 'x' })).toEqual(['held'])
})
test('a suffix is counted against the same prompt, and only where both are counted', () => {
  const lines = (...views: ReturnType<typeof answer>[]) => told(completionOptions, views)
  const [found] = lines(answer({}), answer({ suffix }))
  expect(found).toMatch(/^suffix at \/usage\/prompt_tokens: >= \d+, not 4$/)
  const owed = Number(found?.match(/>= (\d+)/)?.[1])
  expect(owed).toBeGreaterThan(4)
  expect(lines(answer({}), answer({ suffix }, {}, owed))).toEqual([])
  expect(lines(answer({}), answer({ suffix }, {}, owed - 1))).toHaveLength(1)
  expect(judged(completionOptions, [answer({ prompt: 'other' }), answer({ suffix })])).toEqual(['unobserved'])
})
