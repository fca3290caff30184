import { expect, test } from 'vitest'
import { told } from '../testing/told.ts'
import { call, calls, chunk, head, more, reply, weather } from '../testing/tool-replies.ts'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { toolFinish } from './tool-finish.ts'

const named = { tool_choice: { type: 'function', function: { name: 'get_weather' } } }
const says = (finish: string | null, request = {}) => judged(toolFinish, reply({ calls: [call('a')], finish, request }))

test('holds', () => expect(says('tool_calls')).toEqual(['held']))
test('holds when named', () => {
  expect(says('stop', named)).toEqual(['held'])
  expect(says('tool_calls', named)).toEqual(['held'])
})
test('stop', () => expect(says('stop')).toEqual(['finish-reason']))
test('stop under required', () => expect(says('stop', { tool_choice: 'required' })).toEqual(['finish-reason']))
test('the old value', () => expect(says('function_call', named)).toEqual(['finish-reason']))
test('stop in a stream', () => expect(judged(toolFinish, calls([head(0, 'a', '{}')], { finish: 'stop' }))).toEqual(['finish-reason']))
test('stop in a stream without indexes', () => {
  const entry = { id: 'a', type: 'function', function: { name: 'get_weather', arguments: '{}' } }
  expect(judged(toolFinish, calls([entry], { finish: 'stop' }))).toEqual(['finish-reason'])
})
test.each(['length', 'content_filter', 'tool_use', null])('%s is another rule', (finish) => expect(says(finish)).toEqual(['unobserved']))
test('an answer that finishes as a call', () => {
  expect(judged(toolFinish, reply({ content: 'Hi.', finish: 'tool_calls' }))).toEqual(['without-calls'])
  expect(judged(toolFinish, reply({ content: 'Hi.', finish: 'tool_calls', request: { tools: undefined } }))).toEqual(['without-calls'])
  expect(judged(toolFinish, reply({ content: 'Hi. </tool_call>', finish: 'tool_calls' }))).toEqual(['without-calls'])
  for (const content of [null, ' \n']) expect(judged(toolFinish, reply({ content, finish: 'tool_calls' }))).toEqual(['unobserved'])
})
test('length far from the cap', () => {
  const far = (more = {}) =>
    reply({ calls: [call('a')], finish: 'length', usage: { completion_tokens: 20 }, request: { max_tokens: 256 }, ...more })
  expect(judged(toolFinish, far())).toEqual(['finish-reason'])
  expect(judged(toolFinish, far({ calls: [call('a', '{"ci')] }))).toEqual(['unobserved'])
  expect(judged(toolFinish, far({ usage: { completion_tokens: 200 } }))).toEqual(['unobserved'])
  expect(judged(toolFinish, far({ message: { reasoning: 'Hm.' } }))).toEqual(['unobserved'])
  expect(judged(toolFinish, far({ usage: { completion_tokens: 128 } }))).toEqual(['finish-reason'])
  expect(judged(toolFinish, far({ usage: { completion_tokens: 129 } }))).toEqual(['unobserved'])
  const thoughtful = { completion_tokens: 20, completion_tokens_details: { reasoning_tokens: 5 } }
  expect(judged(toolFinish, far({ usage: thoughtful }))).toEqual(['unobserved'])
  expect(judged(toolFinish, far({ usage: {} }))).toEqual(['unobserved'])
  expect(judged(toolFinish, far({ request: {} }))).toEqual(['unobserved'])
  expect(judged(toolFinish, far({ calls: [call('a'), call('b', '{"ci')] }))).toEqual(['unobserved'])
  expect(judged(toolFinish, far({ calls: [{ id: 'a', type: 'function' }] }))).toEqual(['unobserved'])
})
test('a delta after the finish', () => {
  const late = chatStream(
    [chunk({ tool_calls: [head(0, 'a', '{')] }), chunk({}, 'tool_calls'), chunk({ tool_calls: [more(0, '}')] }), '[DONE]'],
    {
      request: { tools: [weather] },
    },
  )
  expect(judged(toolFinish, late)).toEqual(['late-delta'])
})
test('a finish on every chunk is judged elsewhere', () => {
  const always = [
    chunk({ tool_calls: [head(0, 'a', '{')] }, 'stop'),
    chunk({ tool_calls: [more(0, '}')] }, 'stop'),
    chunk({}, 'tool_calls'),
  ]
  expect(judged(toolFinish, chatStream([...always, '[DONE]'], { request: { tools: [weather] } }))).toEqual(['unobserved'])
})
test('no calls', () => expect(judged(toolFinish, reply({ content: 'Hi.' }))).toEqual(['unobserved']))
const allowed = (mode: string, ...names: string[]) => ({
  tool_choice: { type: 'allowed_tools', allowed_tools: { mode, tools: names.map((name) => ({ type: 'function', function: { name } })) } },
})

test('the only function that is allowed is as good as named', () => {
  expect(says('stop', allowed('required', 'get_weather'))).toEqual(['held'])
  expect(says('stop', allowed('required', 'get_weather', 'get_time'))).toEqual(['finish-reason'])
  expect(says('stop', allowed('auto', 'get_weather'))).toEqual(['finish-reason'])
})
test('calls that the request left no room for are another rule, and so are failures', () => {
  expect(says('stop', { tool_choice: 'none' })).toEqual(['unobserved'])
  expect(says('stop', { tools: undefined })).toEqual(['unobserved'])
  expect(judged(toolFinish, reply({ calls: [call('a')], finish: 'stop', options: { status: 500 } }))).toEqual(['unobserved'])
})
test('where it is told', () => {
  expect(told(toolFinish, reply({ calls: [call('a')], finish: 'function_call', request: named }))).toEqual([
    'finish-reason at /choices/0/finish_reason: tool_calls or stop, not "function_call"',
  ])
})
test('each choice is judged by its own calls and finishes', () => {
  const request = { tools: [weather], max_tokens: 256 }
  const choice = (index: number, text: string) => ({ index, message: { tool_calls: [call('a', text)] }, finish_reason: 'length' })
  const body = { choices: [choice(0, '{"ci'), choice(1, '{}')], usage: { completion_tokens: 20 } }
  expect(told(toolFinish, json('POST /chat/completions', body, { request }))).toEqual([
    'finish-reason at /choices/1/finish_reason: tool_calls, not "length"',
  ])
  const pieces = [0, 1].flatMap((index) => [
    { choices: [{ index, delta: { tool_calls: [head(0, 'a', '{}')] }, finish_reason: null }] },
    { choices: [{ index, delta: {}, finish_reason: 'stop' }] },
  ])
  expect(told(toolFinish, chatStream([...pieces, ...pieces.slice(1, 2), '[DONE]'], { request }))).toEqual([
    'finish-reason at /choices/1/finish_reason: tool_calls, not "stop"',
  ])
})
