import { expect, test } from 'vitest'
import { answer, block, events, fragments, message, refusal, stream, text, use, weather } from '../testing/messages.ts'
import { told } from '../testing/told.ts'
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

const tell = (content: unknown, members = {}, request: object = forced) =>
  told(anthropicTools, answer(message(content, members), { request: { ...request } }))

test('where it is told, and what was there', () => {
  const choice = '{"type":"tool","name":"get_weather"}'
  expect(tell([text('Warm.')])).toEqual([`ignored at /content: a tool_use block: tool_choice is ${choice}, not "Warm."`])
  const markup = '<tool_call>{"name":"get_weather","arguments":{}}</tool_call>'
  expect(tell([text(markup)])[0]).toContain('not a call left in the text: "<tool_call>')
  expect(tell([use(), text('x'), use()], used)).toEqual(['repeated-id at /content/2/id: an id of its own, not "toolu_1"'])
  expect(tell([text('x'), use({ name: 'zz' })], used)).toEqual(['undeclared at /content/1/name: get_weather or get_time, not "zz"'])
  expect(tell([use({ name: 'get_time' })], used)).toEqual(['other-tool at /content/0/name: get_weather, not "get_time"'])
  expect(tell([use()], { stop_reason: 'pause_turn' })).toEqual(['stop-reason at /stop_reason: tool_use, not pause_turn'])
  expect(tell([text('x')], used)[0]).toMatch(/^no-block at \/content: a tool_use block, not \[/)
  const refused = refusal(
    400,
    { type: 'error', error: { type: 'x', message: 'y'.repeat(200) } } as never,
    { request: history([use()]) } as never,
  )
  expect(told(anthropicTools, refused).every((line) => line.length < 200)).toBe(true)
})
test('what is no defect of the use of a tool', () => {
  expect(of([use({ id: '' }), use({ id: '' })], used)).toEqual(['held'])
  expect(of([use({ id: 5 }), use({ id: 5 })], used)).toEqual(['held'])
  expect(of([use({ name: 'get_time' })], used, { ...forced, tool_choice: { type: 'any', name: 'get_weather' } })).toEqual(['held'])
  expect(of([use({ name: 5 })], used)).toEqual(['held'])
  for (const stop_reason of [null, 'max_tokens', 'refusal']) expect(of([use()], { stop_reason })).toEqual(['held'])
  expect(of([text('x')], { stop_reason: 'max_tokens' })).toEqual(['unobserved'])
  expect(of([text(' ')])).toEqual(['unobserved'])
  expect(of([text('x')], {}, { ...forced, tool_choice: { type: 'auto' } })).toEqual(['unobserved'])
  expect(judged(anthropicTools, answer(message([text('x')]), { request: forced, breaks: 'messages' }))).toEqual(['unobserved'])
})
