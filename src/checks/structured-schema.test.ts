import { expect, test } from 'vitest'
import { chatStream, json, judged, type Options } from '../testing/transcript.ts'
import type { Trait } from '../types.ts'
import { structuredSchema } from './structured-schema.ts'

const schema = {
  type: 'object',
  properties: { size: { enum: ['small', 'large'] }, rating: { type: 'integer' } },
  required: ['size', 'rating'],
  additionalProperties: false,
}
const request = { response_format: { type: 'json_schema', json_schema: { name: 'card', strict: true, schema } }, max_tokens: 64 }
const good = '{"size":"large","rating":3}'

const view = (content: unknown, choice: object = {}, message: object = {}, options: Options = {}) =>
  json(
    'POST /chat/completions',
    {
      choices: [{ index: 0, message: { role: 'assistant', content, ...message }, finish_reason: 'stop', ...choice }],
      usage: { completion_tokens: 9 },
    },
    { request, ...options },
  )
const says = (content: unknown, choice: object = {}, message: object = {}, traits: Trait[] = []) =>
  judged(structuredSchema, view(content, choice, message), undefined, traits)

test('holds, however the JSON is written', () => {
  for (const text of [good, ` \n${good}\n`, JSON.stringify(JSON.parse(good), null, 4), '{"rating":1.0,"size":"\\u0073mall"}'])
    expect(says(text)).toEqual(['held'])
  expect(says(`${good}${' '.repeat(300)}`)).toEqual(['held', 'note:padded'])
})

test.each([
  ['A large river, rated 3.', 'ignored'],
  ['"A large river."', 'ignored'],
  [`\`\`\`json\n${good}\n\`\`\``, 'fenced'],
  [`Here you are:\n\`\`\`\n${good}\n\`\`\``, 'fenced'],
  [`Sure! ${good}`, 'surrounded'],
  [`${good}\n\nEnjoy.`, 'surrounded'],
  [JSON.stringify(good), 'encoded'],
  [good.slice(0, -1), 'broken'],
  [good + good, 'broken'],
  [good.replaceAll('"', "'"), 'broken'],
  [' \n \n', 'broken'],
  [`\ufeff${good}`, 'broken'],
  [`[${good}]`, 'invalid'],
  ['{"size":"large"}', 'invalid'],
  ['{"size":"huge","rating":3}', 'invalid'],
  ['{"size":"large","rating":"3"}', 'invalid'],
  ['{"size":"large","rating":3,"more":1}', 'invalid'],
  ['null', 'invalid'],
])('%s', (text, code) => expect(says(text)).toEqual([code]))

test('the place inside the JSON is named', () => {
  const context = { requirement: 'r', traits: new Set<Trait>(), declared: false }
  const outcome = structuredSchema.judge([view('{"size":"huge","rating":3}')], undefined, context)
  expect(outcome).toMatchObject({ violations: [{ expected: '/size enum: one of ["small","large"]' }] })
})

test('what was cut, declined, ended otherwise or is empty is not judged', () => {
  expect(says('{"size":', { finish_reason: 'length' })).toEqual(['unobserved'])
  expect(says('{"size":', { finish_reason: 'content_filter' })).toEqual(['unobserved'])
  expect(says(null, {}, { refusal: 'No.' })).toEqual(['unobserved'])
  expect(says("I'm sorry, but I can't help with that.")).toEqual(['unobserved'])
  expect(says('Calling.', {}, { tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }] })).toEqual([
    'unobserved',
  ])
  expect(says('')).toEqual(['unobserved'])
  expect(says(null)).toEqual(['unobserved'])
  expect(judged(structuredSchema, view('prose', {}, {}, { status: 400 }))).toEqual(['unobserved'])
  expect(judged(structuredSchema, view('prose', {}, {}, { request: { ...request, stop: ['x'] } }))).toEqual(['unobserved'])
  expect(judged(structuredSchema, view('prose', {}, {}, { request: { response_format: { type: 'json_object' } } }))).toEqual(['unobserved'])
})

test('what another requirement owns is left to it', () => {
  const thoughts = { reasoning_content: 'I think.' }
  expect(says(`\`\`\`json\n${good}\n\`\`\``, {}, thoughts)).toEqual(['unobserved'])
  expect(says(`So: ${good}`, {}, {}, ['thinks'])).toEqual(['unobserved'])
  expect(says('{"size":"huge","rating":3}', {}, thoughts)).toEqual(['invalid'])
  expect(says(`<think>\nThe user wants JSON.\n</think>\n${good}`)).toEqual(['unobserved'])
  const cut = { request: { ...request, max_tokens: 9 } }
  expect(judged(structuredSchema, view(good.slice(0, 9), {}, {}, cut))).toEqual(['unobserved'])
})

test('a later step says nothing new', () => {
  const stream = (text: string) =>
    chatStream(
      [
        { choices: [{ index: 0, delta: { role: 'assistant', content: text }, finish_reason: null }] },
        { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
        '[DONE]',
      ],
      { request },
    )
  expect(judged(structuredSchema, [view(good), stream(good)])).toEqual(['held'])
  expect(judged(structuredSchema, [view(good), stream('prose')])).toEqual(['ignored'])
  expect(judged(structuredSchema, [view('prose'), stream('prose')])).toEqual(['unobserved'])
  expect(judged(structuredSchema, [view('{', { finish_reason: 'length' }), stream('prose')])).toEqual(['ignored'])
})

test('a stream that goes on behind its finish, or fails, is not judged', () => {
  const delta = (content: string, finish_reason: string | null = null) => ({ choices: [{ index: 0, delta: { content }, finish_reason }] })
  expect(judged(structuredSchema, chatStream([delta(good), delta('', 'stop'), delta('more'), '[DONE]'], { request }))).toEqual([
    'unobserved',
  ])
  const failed = [delta('{"size'), { error: { message: 'gone' } }, delta('', 'stop'), '[DONE]']
  expect(judged(structuredSchema, chatStream(failed, { request }))).toEqual(['unobserved'])
})
