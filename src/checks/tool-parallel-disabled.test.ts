import { expect, test } from 'vitest'
import { call, reply } from '../testing/tool-replies.ts'
import { json, judged } from '../testing/transcript.ts'
import { toolParallelDisabled } from './tool-parallel-disabled.ts'

const request = { parallel_tool_calls: false }
const item = { type: 'function_call', call_id: 'a', name: 'get_weather', arguments: '{}' }
const responses = (output: object[]) => json('POST /responses', { object: 'response', output }, { request })

test('holds', () => expect(judged(toolParallelDisabled, reply({ calls: [call('a')], request }))).toEqual(['held']))
test('two calls', () => expect(judged(toolParallelDisabled, reply({ calls: [call('a'), call('b')], request }))).toEqual(['ignored']))
test('on Responses', () => {
  expect(judged(toolParallelDisabled, responses([{ type: 'reasoning' }, item]))).toEqual(['held'])
  expect(judged(toolParallelDisabled, responses([item, item]))).toEqual(['ignored'])
})
test('no call', () => expect(judged(toolParallelDisabled, reply({ content: 'Hi.', request }))).toEqual(['unobserved']))
test('not asked for', () => expect(judged(toolParallelDisabled, reply({ calls: [call('a'), call('b')] }))).toEqual(['unobserved']))
