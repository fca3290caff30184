import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import type { Trait } from '../types.ts'
import { structuredJsonObject } from './structured-json-object.ts'

const request = { response_format: { type: 'json_object' }, max_tokens: 64 }
const good = '{"rivers":["Rhine"]}'
const says = (content: unknown, message: object = {}, finish_reason = 'stop', completion_tokens = 9, traits: Trait[] = []) =>
  judged(
    structuredJsonObject,
    json(
      'POST /chat/completions',
      { choices: [{ index: 0, message: { role: 'assistant', content, ...message }, finish_reason }], usage: { completion_tokens } },
      { request },
    ),
    undefined,
    traits,
  )

test('holds', () => {
  for (const text of [good, '{}', `\n${good} `]) expect(says(text)).toEqual(['held'])
  expect(says(`{"a":1${'\n'.repeat(300)}}`)).toEqual(['held', 'note:padded'])
  expect(says(JSON.stringify({ text: ' '.repeat(300) }))).toEqual(['held'])
})

test.each([
  ['The Rhine.', 'ignored'],
  [`\`\`\`json\n${good}\n\`\`\``, 'fenced'],
  [`JSON: ${good}`, 'surrounded'],
  [JSON.stringify(good), 'encoded'],
  ['{"rivers":["Rhine"]', 'broken'],
  [`[${good}]`, 'not-object'],
  ['42', 'not-object'],
])('%s', (text, code) => expect(says(text)).toEqual([code]))

test('unobserved', () => {
  expect(says('{"rivers":', {}, 'length')).toEqual(['unobserved'])
  expect(says('{"rivers":', {}, 'stop', 64)).toEqual(['unobserved'])
  expect(says('zx\ufffd qu # нет 中文 naïve')).toEqual(['unobserved'])
  expect(says(null, { refusal: 'No.' })).toEqual(['unobserved'])
  expect(says(`I think of rivers. ${good}`, {}, 'stop', 9, ['thinks'])).toEqual(['unobserved'])
  expect(says(`I think of rivers. ${good}`, { reasoning_content: 'Hm.' }, 'stop', 9, ['thinks'])).toEqual(['surrounded'])
  const pieces = [{ choices: [{ index: 0, delta: { content: '{"a":' }, finish_reason: 'stop' }] }, '[DONE]']
  expect(judged(structuredJsonObject, chatStream(pieces, { request }))).toEqual(['unobserved'])
})
