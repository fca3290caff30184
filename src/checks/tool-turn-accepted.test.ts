import { expect, test } from 'vitest'
import { call, reply } from '../testing/tool-replies.ts'
import { json, judged } from '../testing/transcript.ts'
import { toolTurnAccepted } from './tool-turn-accepted.ts'

const messages = [
  { role: 'assistant', content: null, tool_calls: [call('a')] },
  { role: 'tool', tool_call_id: 'a', content: '21' },
]
const turn = (status: number, request = {}) => reply({ content: 'Warm.', request: { messages, ...request }, options: { status } })

test('holds', () => expect(judged(toolTurnAccepted, turn(200))).toEqual(['held']))
test('refused', () => expect(judged(toolTurnAccepted, turn(400))).toEqual(['refused']))
test('refused by a model that thinks', () => expect(judged(toolTurnAccepted, turn(400), undefined, ['thinks'])).toEqual(['unobserved']))
test('refused without tools only', () =>
  expect(judged(toolTurnAccepted, [turn(200), turn(400, { tools: undefined })])).toEqual(['refused']))
test('refused before with the same history', () => {
  expect(judged(toolTurnAccepted, [turn(400), turn(400, { tools: undefined })])).toEqual(['unobserved'])
})
test('refused for something that has a rule of its own', () => {
  const refused = (error: object, args?: { about: 'content' | 'ids' }, more: object[] = []) =>
    judged(
      toolTurnAccepted,
      json('POST /chat/completions', { error }, { status: 400, request: { messages: [...messages, ...more] } }),
      args,
    )
  const second = { role: 'tool', tool_call_id: 'b', content: '18' }
  const content = { message: 'must be a string', param: 'messages[0].content' }
  for (const error of [content, { message: 'content is null', param: 'messages' }]) {
    expect(refused(error, { about: 'content' })).toEqual(['refused'])
    expect(refused(error, { about: 'ids' })).toEqual(['unobserved'])
    expect(refused(error)).toEqual(['unobserved'])
  }
  const ids = { message: 'no', param: 'messages[1].tool_calls[0].id' }
  const nine = [
    'Tool call id was a but must be a-z, A-Z, 0-9, with a length of 9.',
    'Tool call IDs should be alphanumeric strings with length 9!',
  ]
  for (const message of nine) expect(refused({ message }, { about: 'ids' })).toEqual(['held', 'note:dialect'])
  for (const error of [ids, { message: 'Tool call id was a but must have a length of 4.' }]) {
    expect(refused(error, { about: 'ids' })).toEqual(['refused'])
    expect(refused(error, { about: 'content' })).toEqual(['unobserved'])
    expect(refused(error)).toEqual(['unobserved'])
  }
  expect(refused({ message: 'no' }, { about: 'content' }, [second])).toEqual(['unobserved'])
  expect(refused({ message: 'no', param: 'messages[1].content' }, undefined, [second])).toEqual(['refused'])
})
test('server error', () => expect(judged(toolTurnAccepted, turn(500))).toEqual(['unobserved']))
test('no result', () => expect(judged(toolTurnAccepted, reply({ content: 'Hi.' }))).toEqual(['unobserved']))
