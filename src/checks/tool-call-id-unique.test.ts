import { expect, test } from 'vitest'
import { call, calls, head, more, reply } from '../testing/tool-replies.ts'
import { json, judged } from '../testing/transcript.ts'
import { toolCallIdUnique } from './tool-call-id-unique.ts'

const one = reply({ calls: [call('a')], id: 'chatcmpl-1' })

test('holds', () => expect(judged(toolCallIdUnique, [one, reply({ calls: [call('b'), call('c')], id: 'chatcmpl-2' })])).toEqual(['held']))
test('twice in a reply', () => expect(judged(toolCallIdUnique, reply({ calls: [call('a'), call('a')] }))).toEqual(['duplicate']))
test('twice in a stream', () => {
  const view = calls([head(0, 'a'), more(0, '{"city":"Paris"}'), head(1, 'a'), more(1, '{"city":"Lima"}')])
  expect(judged(toolCallIdUnique, view)).toEqual(['duplicate'])
})
test('in two replies', () => expect(judged(toolCallIdUnique, [one, reply({ calls: [call('a')], id: 'chatcmpl-2' })])).toEqual(['repeated']))
test('a reply from a cache', () =>
  expect(judged(toolCallIdUnique, [one, reply({ calls: [call('a')], id: 'chatcmpl-1' })])).toEqual(['held']))
test('one call that moved is the business of the index', () => {
  const view = calls([head(0, 'a', '{"city":'), head(1, 'a', '"Paris"}')])
  expect(judged(toolCallIdUnique, view)).toEqual(['held'])
})
test('a choice too many copies the calls', () => {
  const choice = { index: 0, message: { tool_calls: [call('a')] }, finish_reason: 'tool_calls' }
  const view = json('POST /chat/completions', { id: 'x', choices: [choice, { ...choice, index: 1 }] })
  expect(judged(toolCallIdUnique, [view, reply({ calls: [call('b')], id: 'y' })])).toEqual(['held'])
})
test('one call', () => expect(judged(toolCallIdUnique, one)).toEqual(['unobserved']))
