import { expect, test } from 'vitest'
import { observed } from '../testing/observed.ts'
import { call, reply } from '../testing/tool-replies.ts'
import { namedChoiceFinish } from './named-choice-finish.ts'

const named = { tool_choice: { type: 'function', function: { name: 'get_weather' } } }
const calls = [call('a')]

test.each(['stop', 'tool_calls'])('%s', (finish) =>
  expect(observed(namedChoiceFinish, reply({ calls, finish, request: named }))).toBe(finish),
)
test('nothing to tell', () => {
  expect(observed(namedChoiceFinish, reply({ calls, finish: 'length', request: named }))).toBeUndefined()
  expect(observed(namedChoiceFinish, reply({ content: 'Hi.', request: named }))).toBeUndefined()
  expect(observed(namedChoiceFinish, reply({ calls, request: { tool_choice: 'required' } }))).toBeUndefined()
})
