import { expect, test } from 'vitest'
import { call, calls, head, reply } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { toolParity } from './tool-parity.ts'

const request = { tool_choice: 'required' }
const json = reply({ calls: [call('a')], request })
const stream = calls([head(0, 'b', '{}')], { request })
const refusedStream = calls([], { request, options: { status: 400 } })

test('holds', () => expect(judged(toolParity, [json, stream])).toEqual(['held']))
test('refused in one mode', () => {
  expect(judged(toolParity, [json, refusedStream])).toEqual(['refused'])
  expect(judged(toolParity, [reply({ request, options: { status: 400 } }), stream])).toEqual(['refused'])
})
test('refused for its Accept header', () => {
  const picky = calls([], { request, options: { status: 406 } })
  expect(judged(toolParity, [json, stream, picky])).toEqual(['held'])
  expect(judged(toolParity, [json, picky])).toEqual(['unobserved'])
})
test('another question', () => {
  const other = calls([], { request: { ...request, messages: [{ role: 'user', content: 'Hello.' }] }, options: { status: 400 } })
  expect(judged(toolParity, [json, other])).toEqual(['unobserved'])
})
test('text in one mode is disobedience, another rule', () => {
  expect(judged(toolParity, [json, calls([], { request, finish: 'stop' })])).toEqual(['unobserved'])
})
test('free to call', () => expect(judged(toolParity, [reply({ calls: [call('a')] }), calls([head(0, 'b')])])).toEqual(['unobserved']))
test('arguments fit in one mode only', () => {
  const bad = calls([head(0, 'b', '{"town":"Paris"}'), head(1, 'c', '{"town":"Lima"}')], { request })
  const good = reply({ calls: [call('a'), call('d')], request })
  expect(judged(toolParity, [good, bad])).toEqual(['arguments'])
  expect(judged(toolParity, [json, bad])).toEqual(['held'])
})
