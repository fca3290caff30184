import { expect, test } from 'vitest'
import { call, reply } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { toolTurnResult } from './tool-turn-result.ts'

const result = `abcdefghijklmnop degrees. ${'The river runs to the sea. '.repeat(20)}`
const ask = { role: 'user', content: 'What is the weather?' }
const messages = [ask, { role: 'assistant', content: null, tool_calls: [call('a')] }, { role: 'tool', tool_call_id: 'a', content: result }]
const first = reply({ calls: [call('a')], usage: { prompt_tokens: 100 }, request: { messages: [ask] } })
const turn = (content: string, prompt?: number, options = {}) =>
  reply({ content, request: { messages }, options, ...(prompt === undefined ? {} : { usage: { prompt_tokens: prompt } }) })

test('holds by the count', () => expect(judged(toolTurnResult, [first, turn('Warm.', 280)])).toEqual(['held']))
test('holds by the words', () => expect(judged(toolTurnResult, [first, turn('It has abcdefghijklmnop degrees.', 110)])).toEqual(['held']))
test('dropped', () => expect(judged(toolTurnResult, [first, turn('Warm.', 130)])).toEqual(['ignored']))
test('refused', () => expect(judged(toolTurnResult, [first, turn('', 0, { status: 400 })])).toEqual(['refused']))
test('refused by a model that thinks', () => {
  expect(judged(toolTurnResult, [first, turn('', 0, { status: 400 })], undefined, ['thinks'])).toEqual(['unobserved'])
})
test('no count', () => expect(judged(toolTurnResult, [first, turn('Warm.')])).toEqual(['unobserved']))
test('a count of what was not cached', () => expect(judged(toolTurnResult, [first, turn('Warm.', 20)])).toEqual(['unobserved']))
test('no result', () => expect(judged(toolTurnResult, first)).toEqual(['unobserved']))
test('overload', () => expect(judged(toolTurnResult, [first, turn('', 0, { status: 503 })])).toEqual(['unobserved']))
test('refused for what the server itself got wrong', () => {
  for (const member of [{ role: 'bot' }, { role: undefined }, { content: 42 }, { content: [] }]) {
    const odd = [ask, { ...messages[1], ...member }, messages[2]]
    expect(judged(toolTurnResult, [first, reply({ request: { messages: odd }, options: { status: 400 } })])).toEqual(['unobserved'])
  }
  const broken = [ask, { role: 'assistant', content: null, tool_calls: [{ ...call('a'), id: null }] }, messages[2]]
  expect(judged(toolTurnResult, [first, reply({ request: { messages: broken }, options: { status: 400 } })])).toEqual(['unobserved'])
})
