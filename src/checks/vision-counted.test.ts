import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { visionCounted } from './vision-counted.ts'

const question = { type: 'text', text: 'Name its colour.' }
const picture = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBOR' } }
const answer = (prompt_tokens: number | undefined, content: unknown, parts: readonly object[], status = 200) =>
  json(
    'POST /chat/completions',
    status === 200
      ? { choices: [{ index: 0, message: { content }, finish_reason: 'stop' }], ...(prompt_tokens && { usage: { prompt_tokens } }) }
      : { error: { message: 'no' } },
    { status, request: { messages: [{ role: 'user', content: parts }] } },
  )
const without = answer(10, 'none', [question])
const asked = (tokens: number | undefined, content: unknown = 'none', status = 200) => answer(tokens, content, [question, picture], status)
const args = { word: 'green', dropped: 'always' }
const declared = { word: 'green', dropped: 'declared' }

test.each([
  ['more tokens with it than without', 40, 'I see nothing', ['held']],
  ['what is named was taken in, whatever was counted', 10, 'Green.', ['held']],
  ['no count', undefined, 'none', ['unobserved']],
  ['a count below the number of words is none', 2, 'none', ['unobserved']],
  ['left out', 10, 'none', ['ignored']],
  ['left out, and fewer tokens than before', 9, null, ['ignored']],
] as const)('%s', (_, tokens, content, expected) => {
  expect(judged(visionCounted, [without, asked(tokens, content)], args)).toEqual(expected)
})

test('a refusal is honest, and a server error is judged elsewhere', () => {
  expect(judged(visionCounted, [without, asked(0, null, 400)], args)).toEqual(['unobserved'])
  expect(judged(visionCounted, [without, asked(0, null, 500)], args)).toEqual(['unobserved'])
  expect(judged(visionCounted, [asked(0, null, 400), asked(0, null, 400)], args)).toEqual(['unobserved'])
  expect(judged(visionCounted, without, args)).toEqual(['unobserved'])
})

test('a model without sight leaves pictures out, unless it is declared to see', () => {
  expect(judged(visionCounted, [without, asked(10)], declared)).toEqual(['unobserved'])
  expect(judged(visionCounted, [without, asked(10)], declared, [], true)).toEqual(['ignored'])
})

test('where one format is taken, the other may not be refused', () => {
  expect(judged(visionCounted, [asked(40), asked(40)], declared)).toEqual(['held'])
  expect(judged(visionCounted, [asked(40), asked(0, null, 415)], declared)).toEqual(['refused'])
  expect(judged(visionCounted, [asked(40), asked(0, null, 429)], declared)).toEqual(['unobserved'])
})

test('whatever the JSON is, nothing is thrown', () => {
  const odd = (body: unknown) => json('POST /chat/completions', body, { request: { messages: [null, { content: [7, null] }] } })
  for (const body of [null, [], 7, { choices: [null] }, { choices: 'x', usage: 'y' }])
    expect(judged(visionCounted, [odd(body), odd(body)], args)).toHaveLength(1)
})
