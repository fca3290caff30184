import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { visionSeen } from './vision-seen.ts'

const question = { type: 'text', text: 'Name its colour.' }
const picture = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBOR' } }
const answer = (content: unknown, tokens: number | undefined, parts: readonly object[], status = 200) =>
  json(
    'POST /chat/completions',
    { choices: [{ index: 0, message: { content }, finish_reason: 'stop' }], ...(tokens && { usage: { prompt_tokens: tokens } }) },
    { status, request: { messages: [{ role: 'user', content: parts }] } },
  )
const says = (alone: unknown, seen: unknown, tokens: number | undefined = 40, status = 200) =>
  judged(visionSeen, [answer(alone, 10, [question]), answer(seen, tokens, [question, picture], status)], { word: 'green' })

test.each([
  ['the colour is named', 'none', '**Green**', ['held']],
  ['named with more words, by a model that obeys badly', 'I see no picture.', 'The colour is green!', ['held']],
  ['"none" with the picture and without', 'None.', 'none', ['unseen']],
  ['another colour', 'none', 'blue', ['unobserved']],
  ['noise', 'zx qu', '中文 ## of', ['unobserved']],
  ['nothing', 'none', null, ['unobserved']],
  ['"none" by a model that does not say so without the picture', 'red', 'none', ['unobserved']],
  ['a colour that is named without the picture too', 'green', 'green', ['unobserved']],
] as const)('%s', (_, alone, seen, expected) => expect(says(alone, seen)).toEqual(expected))

test('a picture that was left out of the prompt is judged elsewhere', () => expect(says('none', 'none', 10)).toEqual(['unobserved']))
test('without a count the answer alone tells', () => {
  const alone = answer('none', undefined, [question])
  expect(judged(visionSeen, [alone, answer('none', undefined, [question, picture])], { word: 'green' })).toEqual(['unseen'])
})
test('a refusal', () => expect(says('none', 'none', 40, 400)).toEqual(['unobserved']))
test('one step only', () => expect(judged(visionSeen, answer('none', 10, [question]), { word: 'green' })).toEqual(['unobserved']))
