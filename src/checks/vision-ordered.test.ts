import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { visionOrdered } from './vision-ordered.ts'

const args = { first: 'red', second: 'blue' }
const answer = (content: unknown, tokens?: number, status = 200) =>
  json(
    'POST /chat/completions',
    { choices: [{ index: 0, message: { content }, finish_reason: 'stop' }], ...(tokens && { usage: { prompt_tokens: tokens } }) },
    { status, request: { messages: [{ role: 'user', content: [{ type: 'text', text: 'Which?' }] }] } },
  )
const says = (one: unknown, front: unknown, back: unknown, counts: readonly number[] = [20, 30, 30]) =>
  judged(visionOrdered, [answer(one, counts[0]), answer(front, counts[1]), answer(back, counts[2])], args)

test.each([
  ['in order', 'red', 'Red.', 'blue', ['held']],
  ['the wrong way round', 'red', 'blue', 'It is red.', ['swapped']],
  ['always the last one', 'red', 'blue', 'blue', ['unobserved']],
  ['both at once', 'red', 'red and blue', 'red and blue', ['unobserved']],
  ['a model that does not know a single one', 'black', 'blue', 'red', ['unobserved']],
  ['noise', '中文', 'qu zx', null, ['unobserved']],
  ['a second one that is counted and not known', 'red', 'red', 'none', ['unobserved']],
] as const)('%s', (_, one, front, back, expected) => expect(says(one, front, back)).toEqual(expected))

test('a second picture that costs nothing and is not known was dropped', () => {
  expect(says('red', 'red', 'none', [20, 20, 20])).toEqual(['dropped'])
  expect(says('red', 'red', 'red', [20, 20, 20])).toEqual(['dropped'])
  expect(says('red', 'red', 'none', [])).toEqual(['dropped'])
  expect(says('red', 'red', 'red', [])).toEqual(['unobserved'])
  expect(says('red', 'red', 'blue', [20, 20, 20])).toEqual(['held'])
})

test('two pictures may be refused', () => {
  expect(judged(visionOrdered, [answer('red'), answer('x', 1, 400), answer('x', 1, 400)], args)).toEqual(['unobserved'])
  expect(judged(visionOrdered, answer('red'), args)).toEqual(['unobserved'])
})
