import { expect, test } from 'vitest'
import { told } from '../testing/told.ts'
import { call, reply } from '../testing/tool-replies.ts'
import { json, judged } from '../testing/transcript.ts'
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
test('one of the words is enough, in one of the choices', () => {
  const two = [ask, messages[1], { role: 'tool', tool_call_id: 'a', content: `${result} qrstuvwxyzqrstuv` }]
  const says = (...contents: string[]) =>
    json(
      'POST /chat/completions',
      { choices: contents.map((content, index) => ({ index, message: { content } })), usage: { prompt_tokens: 110 } },
      { request: { messages: two } },
    )
  expect(judged(toolTurnResult, [first, says('qrstuvwxyzqrstuv it is.')])).toEqual(['held'])
  expect(judged(toolTurnResult, [first, says('Warm.', 'It has abcdefghijklmnop degrees.')])).toEqual(['held'])
  expect(judged(toolTurnResult, [first, says('Warm.', 'Fine.')])).toEqual(['ignored'])
})
test('a token has eight characters at most', () => {
  const least = Math.floor(result.length / 8)
  expect(judged(toolTurnResult, [first, turn('Warm.', 100 + least)])).toEqual(['held'])
  expect(judged(toolTurnResult, [first, turn('Warm.', 100)])).toEqual(['ignored'])
  expect(told(toolTurnResult, [first, turn('Warm.', 99 + least)])).toEqual([
    `ignored at /usage/prompt_tokens: at least ${100 + least}, not ${99 + least}`,
  ])
})
test('a prompt can be compared with one that was answered, counted, and had no result', () => {
  const base = (more: object) => reply({ calls: [call('a')], request: { messages: [ask] }, ...more })
  expect(judged(toolTurnResult, [base({}), turn('Warm.', 130)])).toEqual(['unobserved'])
  expect(judged(toolTurnResult, [base({ usage: { prompt_tokens: 100 }, options: { status: 500 } }), turn('Warm.', 130)])).toEqual([
    'unobserved',
  ])
  expect(judged(toolTurnResult, [turn('Warm.', 100), turn('Warm.', 130)])).toEqual(['unobserved'])
  expect(judged(toolTurnResult, [first, turn('It has abcdefghijklmnop degrees.', 280, { status: 503 })])).toEqual(['unobserved'])
})

const tool = (content: unknown, id = 'a') => ({ role: 'tool', tool_call_id: id, content })
const after = (given: readonly unknown[], content: string) =>
  judged(toolTurnResult, [first, reply({ content, request: { messages: given }, usage: { prompt_tokens: 100 } })])

test('results that are no text add nothing, and two results are two texts', () => {
  expect(after([ask, messages[1], tool(null)], 'Warm.')).toEqual(['held'])
  const both = { role: 'assistant', content: null, tool_calls: [call('a'), call('b')] }
  expect(after([ask, both, tool('abcdefgh'), tool('ijklmnop', 'b')], 'abcdefghijklmnop')).toEqual(['ignored'])
})

const refusing = (given: readonly unknown[]) =>
  judged(toolTurnResult, [first, reply({ request: { messages: given }, options: { status: 400 } })])

test('a message with calls may have words or none', () => {
  for (const content of ['Let me see.', undefined]) expect(refusing([ask, { ...messages[1], content }, tool('Warm.')])).toEqual(['refused'])
  const both = { role: 'assistant', content: null, tool_calls: [call('a'), call('b')] }
  expect(refusing([ask, both, tool('Warm.'), tool('Warm.', 'b')])).toEqual(['refused'])
})
test('one message that is broken is enough', () => {
  expect(refusing([ask, messages[1], tool('Warm.'), { ...messages[1], content: 42 }, tool('Warm.')])).toEqual(['unobserved'])
  expect(refusing([ask, null, tool('Warm.')])).toEqual(['unobserved'])
})
