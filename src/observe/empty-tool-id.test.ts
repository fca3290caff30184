import { expect, test } from 'vitest'
import { conversation, observed } from '../testing/observed.ts'
import { call } from '../testing/tool-replies.ts'
import { emptyToolId } from './empty-tool-id.ts'

const loop = (id: string, status = 200) =>
  conversation(
    [
      { role: 'assistant', tool_calls: [call(id)] },
      { role: 'tool', tool_call_id: id, content: '21' },
    ],
    status,
  )

test('accepted', () => expect(observed(emptyToolId, loop('callParis'), loop(''))).toBe('accepted'))
test('refused', () => expect(observed(emptyToolId, loop('callParis'), loop('', 400))).toBe('refused'))
test('nothing to tell', () => {
  expect(observed(emptyToolId, loop('callParis', 400), loop('', 400))).toBeUndefined()
  expect(observed(emptyToolId, loop('callParis'))).toBeUndefined()
  expect(observed(emptyToolId, loop('callParis'), loop('', 429))).toBeUndefined()
})
