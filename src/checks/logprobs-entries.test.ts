import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { logprobsEntries } from './logprobs-entries.ts'

const entry = { token: 'OK', logprob: -0.1, bytes: [79, 75], top_logprobs: [{ token: 'OK', logprob: -0.1, bytes: null }] }
const answer = (logprobs: unknown, content: string | null = 'OK', request: object = { logprobs: true, top_logprobs: 2 }) =>
  json('POST /chat/completions', { choices: [{ index: 0, message: { content }, logprobs }] }, { request: { ...request } })
const one = (change: object) => answer({ content: [{ ...entry, ...change }] })

test('holds', () => {
  expect(judged(logprobsEntries, one({}))).toEqual(['held'])
  expect(judged(logprobsEntries, one({ bytes: null, logprob: 0, top_logprobs: [] }))).toEqual(['held'])
  expect(judged(logprobsEntries, answer({ content: [{ token: 'OK', logprob: -9999, bytes: null }] }, 'OK', { logprobs: true }))).toEqual([
    'held',
  ])
  expect(
    judged(
      logprobsEntries,
      chatStream([{ choices: [{ index: 0, delta: { content: 'OK' }, logprobs: { content: [entry] } }] }], {
        request: { logprobs: true, top_logprobs: 2 },
      }),
    ),
  ).toEqual(['held'])
})
test('ignored', () => {
  expect(judged(logprobsEntries, answer(null))).toEqual(['ignored'])
  expect(judged(logprobsEntries, answer(undefined))).toEqual(['ignored'])
  expect(judged(logprobsEntries, answer({ content: null }))).toEqual(['ignored'])
})
test('empty', () => {
  expect(judged(logprobsEntries, answer({ content: [] }))).toEqual(['empty'])
})
test('no token', () => {
  expect(judged(logprobsEntries, one({ token: 5 }))).toEqual(['token'])
  expect(judged(logprobsEntries, answer({ content: [null] }))).toEqual(['token'])
})
test('no log probability', () => {
  expect(judged(logprobsEntries, one({ logprob: 0.3 }))).toEqual(['logprob'])
  expect(judged(logprobsEntries, one({ logprob: '-1' }))).toEqual(['logprob'])
})
test('no bytes', () => {
  expect(judged(logprobsEntries, one({ bytes: 'OK' }))).toEqual(['bytes'])
  expect(judged(logprobsEntries, one({ bytes: undefined }))).toEqual(['bytes'])
  expect(judged(logprobsEntries, one({ bytes: [300] }))).toEqual(['bytes'])
})
test('alternatives', () => {
  expect(judged(logprobsEntries, one({ top_logprobs: [1, 2, 3].map((token) => ({ token: `${token}`, logprob: -token })) }))).toEqual([
    'top',
  ])
  expect(judged(logprobsEntries, one({ top_logprobs: undefined }))).toEqual(['top'])
  expect(judged(logprobsEntries, one({ top_logprobs: [{ token: 5 }] }))).toEqual(['top'])
})
test('not asked for, refused, no text, or for the schema', () => {
  expect(judged(logprobsEntries, answer(null, 'OK', {}))).toEqual(['unobserved'])
  expect(judged(logprobsEntries, answer(null, ''))).toEqual(['unobserved'])
  expect(judged(logprobsEntries, answer(null, null))).toEqual(['unobserved'])
  expect(judged(logprobsEntries, answer('yes'))).toEqual(['unobserved'])
  expect(judged(logprobsEntries, answer({ content: 'yes' }))).toEqual(['unobserved'])
  expect(judged(logprobsEntries, json('POST /chat/completions', {}, { status: 400, request: { logprobs: true } }))).toEqual(['unobserved'])
})
