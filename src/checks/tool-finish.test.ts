import { expect, test } from 'vitest'
import { call, calls, chunk, head, more, reply, weather } from '../testing/tool-replies.ts'
import { chatStream, judged } from '../testing/transcript.ts'
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
  expect(judged(toolFinish, reply({ content: null, finish: 'tool_calls' }))).toEqual(['unobserved'])
})
test('length far from the cap', () => {
  const far = (more = {}) =>
    reply({ calls: [call('a')], finish: 'length', usage: { completion_tokens: 20 }, request: { max_tokens: 256 }, ...more })
  expect(judged(toolFinish, far())).toEqual(['finish-reason'])
  expect(judged(toolFinish, far({ calls: [call('a', '{"ci')] }))).toEqual(['unobserved'])
  expect(judged(toolFinish, far({ usage: { completion_tokens: 200 } }))).toEqual(['unobserved'])
  expect(judged(toolFinish, far({ message: { reasoning: 'Hm.' } }))).toEqual(['unobserved'])
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
