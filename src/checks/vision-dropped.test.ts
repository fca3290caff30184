import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { visionDropped } from './vision-dropped.ts'

const question = { type: 'text', text: 'Name its colour.' }
const picture = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBOR' } }
const sound = { type: 'input_audio', input_audio: { data: 'x' } }
interface Own {
  readonly tokens?: number
  readonly content?: string
  readonly status?: number
  readonly attempt?: number
  readonly breaks?: string
}
const answer = (parts: readonly object[], { tokens = 10, content = 'none', status = 200, ...rest }: Own = {}) =>
  json(
    'POST /chat/completions',
    status === 200
      ? { choices: [{ index: 0, message: { content }, finish_reason: 'stop' }], usage: { prompt_tokens: tokens } }
      : { error: { message: 'no' } },
    { status, ...rest, request: { messages: [{ role: 'user', content: parts }] } },
  )
const without = answer([question])
const args = { word: 'green' }
const says = (own: Own, declared = false) => judged(visionDropped, [without, answer([question, picture], own)], args, [], declared)

test('a refusal is what is owed', () => expect(says({ status: 400 })).toEqual(['held']))

test('the same count with the picture and without', () => {
  expect(says({})).toEqual(['ignored'])
  expect(says({ content: 'A cat.' })).toEqual(['ignored'])
})

test.each([
  ['the picture is counted', { tokens: 90 }],
  ['it is not counted, but seen', { content: 'It is green.' }],
  ['a count that counts nothing', { tokens: 1 }],
  ['a server error', { status: 500 }],
  ['another attempt', { attempt: 2 }],
  ['broken on purpose', { breaks: 'messages' }],
] as const)('%s', (_, own) => expect(says(own)).toEqual(['unobserved']))

test('a target that declares sight is judged by what it declares', () => expect(says({}, true)).toEqual(['unobserved']))

test('a sound is no picture, and without the plain question there is nothing to compare with', () => {
  expect(judged(visionDropped, [without, answer([question, sound])], args)).toEqual(['unobserved'])
  expect(judged(visionDropped, answer([question, picture]), args)).toEqual(['unobserved'])
})
