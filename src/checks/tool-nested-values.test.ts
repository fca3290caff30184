import { expect, test } from 'vitest'
import { call, calls, declare, head, reply } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { toolNestedValues } from './tool-nested-values.ts'

const list = declare('save_list', {
  parameters: {
    type: 'object',
    properties: { items: { type: 'array' }, owner: { type: 'object' }, note: { type: 'string' }, any: {} },
  },
})
const request = { tools: [list] }
const says = (args: unknown, more: object = {}) =>
  judged(
    toolNestedValues,
    reply({ calls: [call('a', typeof args === 'string' ? args : JSON.stringify(args), 'save_list')], request, ...more }),
  )

test('holds', () => {
  expect(says({ items: [{ text: 'milk' }], owner: { name: 'Ada' }, note: '[1]' })).toEqual(['held'])
  // some other mistake of the model is no business of this rule
  expect(says({ items: 'milk' })).toEqual(['held'])
})
test('stringified', () => {
  expect(says({ items: '[{"text":"milk"}]', owner: '{"name":"Ada"}' })).toEqual(['stringified', 'stringified'])
  const args = JSON.stringify({ items: '[1]' })
  expect(judged(toolNestedValues, calls([head(0, 'a', args, 'save_list')], { request }))).toEqual(['stringified'])
})
test('cannot be told', () => {
  expect(says({ note: '[1]', any: '[1]' })).toEqual(['unobserved'])
  expect(says({ items: '[1]' }, { finish: 'length' })).toEqual(['unobserved'])
  expect(says('{"items"')).toEqual(['unobserved'])
  expect(judged(toolNestedValues, reply({ content: 'No.', request }))).toEqual(['unobserved'])
})
