import { expect, test } from 'vitest'
import { conversation, observed } from '../testing/observed.ts'
import { call, weather } from '../testing/tool-replies.ts'
import { foreignIds } from './foreign-ids.ts'

const loop = (id: string, status = 200, request: object = { tools: [weather] }) =>
  conversation(
    [
      { role: 'assistant', tool_calls: [call(id)] },
      { role: 'tool', tool_call_id: id, content: '21' },
    ],
    status,
    request,
  )

test('accepted', () => expect(observed(foreignIds, loop('callParis'), loop('call_abc123'))).toBe('accepted'))
test('refused', () => {
  expect(observed(foreignIds, loop('callParis'), loop('call_abc123', 400))).toBe('refused')
  expect(observed(foreignIds, loop('callParis'), loop('call_abc123'), loop('functions.get_weather:0', 400))).toBe('refused')
})
test('nothing to tell', () => {
  expect(observed(foreignIds, loop('callParis', 400), loop('call_abc123', 400))).toBeUndefined()
  expect(observed(foreignIds, loop('callParis'))).toBeUndefined()
  expect(observed(foreignIds, loop('callParis'), loop('call_abc123', 400, {}))).toBeUndefined()
})
