import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { visionInvalid } from './vision-invalid.ts'

const question = { type: 'text', text: 'Name its colour.' }
const picture = { type: 'image_url', image_url: { url: 'x' } }
const answer = (status: number, parts: readonly object[], tokens = 10, breaks?: string) =>
  json(
    'POST /chat/completions',
    status < 300
      ? { choices: [{ index: 0, message: { content: 'none' }, finish_reason: 'stop' }], usage: { prompt_tokens: tokens } }
      : { error: { message: 'no' } },
    { status, ...(breaks && { breaks }), request: { messages: [{ role: 'user', content: parts }] } },
  )
const says = (status: number, kind: 'undecodable' | 'unreachable', { good = 200, tokens = 40 } = {}) =>
  judged(
    visionInvalid,
    [answer(200, [question]), answer(good, [question, picture], tokens), answer(status, [question, picture], 40, 'messages')],
    { word: 'green', picture: kind },
  )

test.each([
  ['undecodable', 400, ['held']],
  ['undecodable', 422, ['held', 'note:lenient']],
  ['undecodable', 200, ['status']],
  ['undecodable', 500, ['status']],
  ['undecodable', 404, ['status']],
  ['undecodable', 503, ['unobserved']],
  ['unreachable', 400, ['held']],
  ['unreachable', 424, ['held']],
  ['unreachable', 200, ['status']],
  ['unreachable', 502, ['status']],
  ['unreachable', 429, ['unobserved']],
] as const)('%s answered %i', (kind, status, expected) => expect(says(status, kind)).toEqual(expected))

test('where a good picture is refused or left out, a bad one tells nothing', () => {
  expect(says(500, 'undecodable', { good: 400 })).toEqual(['unobserved'])
  expect(says(200, 'undecodable', { tokens: 10 })).toEqual(['unobserved'])
  expect(says(200, 'unreachable', { tokens: 10 })).toEqual(['unobserved'])
  expect(judged(visionInvalid, answer(200, [question]), { word: 'green', picture: 'undecodable' })).toEqual(['unobserved'])
})
