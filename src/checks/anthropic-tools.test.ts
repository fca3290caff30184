import { expect, test } from 'vitest'
import { answer, block, events, fragments, message, refusal, stream, text, use, weather } from '../testing/messages.ts'
import { judged } from '../testing/transcript.ts'
import { anthropicTools } from './anthropic-tools.ts'

const forced = { tools: [weather, { ...weather, name: 'get_time' }], tool_choice: { type: 'tool', name: 'get_weather' } }
const used = { stop_reason: 'tool_use' }
const of = (content: unknown, members = {}, request: object = forced) =>
  judged(anthropicTools, answer(message(content, members), { request: { ...request } }))
const history = (content: unknown) => ({
  tools: [weather],
  messages: [
    { role: 'user', content: 'x' },
    { role: 'assistant', content },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: '21' }] },
  ],
})

test('holds', () => {
  expect(of([use()], used)).toEqual(['held'])
  expect(of([text('I look.'), use(), use({ id: 'toolu_2' })], used)).toEqual(['held'])
  expect(of([use({ input: {} })], { stop_reason: 'max_tokens' })).toEqual(['held'])
  const streamed = events(block(0, use({ input: {} }), ...fragments('{}')))
  expect(judged(anthropicTools, stream(streamed, { request: forced }))).toEqual(['held'])
  expect(of([text('Warm.')], {}, history([use()]))).toEqual(['held'])
})
test('ignored', () => {
  expect(of([text('It is warm.')])).toEqual(['ignored'])
  expect(of([text('Well.')], {}, { ...forced, tool_choice: { type: 'any' } })).toEqual(['ignored'])
})
test('names', () => {
  expect(of([use({ name: 'functions.get_weather' })], used)).toEqual(['undeclared'])
  expect(of([use({ name: 'get_time' })], used)).toEqual(['other-tool'])
})
test('ids', () => expect(of([use(), use()], used)).toEqual(['repeated-id']))
test('reasons', () => {
  expect(of([use()])).toEqual(['stop-reason'])
  expect(of([], used)).toEqual(['no-block'])
})
test('result-refused', () => {
  expect(judged(anthropicTools, refusal(400, 'x', { request: history([use()]) }))).toEqual(['result-refused'])
  // what was broken by the server goes back broken
  expect(judged(anthropicTools, refusal(400, 'x', { request: history([use({ input: '{}' })]) }))).toEqual(['unobserved'])
})
test('nothing to tell', () => {
  expect(of([text('a')], {}, {})).toEqual(['unobserved'])
  expect(of([text('a')], {}, { tools: [weather] })).toEqual(['unobserved'])
  expect(of([text('a')], { stop_reason: 'max_tokens' })).toEqual(['unobserved'])
  expect(of([text(' ')])).toEqual(['unobserved'])
  expect(judged(anthropicTools, refusal(400, 'x', { request: forced }))).toEqual(['unobserved'])
})
