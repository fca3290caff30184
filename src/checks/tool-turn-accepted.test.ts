import { expect, test } from 'vitest'
import { call, reply } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
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
test('server error', () => expect(judged(toolTurnAccepted, turn(500))).toEqual(['unobserved']))
test('no result', () => expect(judged(toolTurnAccepted, reply({ content: 'Hi.' }))).toEqual(['unobserved']))
