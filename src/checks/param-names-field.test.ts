import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { paramNamesField } from './param-names-field.ts'

const refused = (param: unknown, breaks = 'messages', status = 400, value: unknown = 'hi') =>
  judged(
    paramNamesField,
    json('POST /chat/completions', { error: { message: 'no', param } }, { status, breaks, request: { [breaks]: value } }),
  )

test.each(['messages', 'messages[0].role', 'messages.[1].content', 'body.messages', '/messages/0'])('%s names it', (param) =>
  expect(refused(param)).toEqual(['held']),
)
test.each([null, 'model', 'message', 'messages_x'])('%s does not', (param) => expect(refused(param)).toEqual(['not-named']))
test('an unusable param belongs to errors.param-key', () => {
  for (const param of [undefined, 5, '', 'None', 'null']) expect(refused(param)).toEqual(['unobserved'])
})
test('an absent member', () => expect(refused(null, 'messages', 400, undefined)).toEqual(['not-named']))
test('a fault that is deeper, or of no member', () => {
  expect(refused(null, 'messages', 400, [{ role: 'wizard' }])).toEqual(['unobserved'])
  expect(refused(null, 'model', 404, 'no-such-model')).toEqual(['unobserved'])
})
test('no refusal', () => {
  expect(refused('x', 'messages', 200)).toEqual(['unobserved'])
  for (const status of [401, 403, 429, 500]) expect(refused('x', 'messages', status)).toEqual(['unobserved'])
  expect(judged(paramNamesField, json('POST /chat/completions', { error: {} }, { status: 400 }))).toEqual(['unobserved'])
})
test('a server that does not stream may say that first', () => {
  const answer = (stream: boolean) =>
    json(
      'POST /chat/completions',
      { error: { message: 'no', param: 'stream' } },
      { status: 400, breaks: 'messages', request: { stream, messages: 'hi' } },
    )
  expect(judged(paramNamesField, answer(true))).toEqual(['unobserved'])
  expect(judged(paramNamesField, answer(false))).toEqual(['not-named'])
})
test('a server without tools may refuse them as such', () => {
  const answer = json(
    'POST /chat/completions',
    { error: { message: 'no', param: null } },
    { status: 400, breaks: 'tools', request: { tools: {} } },
  )
  expect(judged(paramNamesField, answer)).toEqual(['unobserved'])
  expect(judged(paramNamesField, answer, undefined, ['tools'])).toEqual(['not-named'])
})
test.each([
  ['messages', [[]], ['hi', {}]],
  ['tools', [[]], [{}]],
  ['temperature', [3], ['hot', null]],
  ['max_tokens', [-1], ['many']],
  ['stream', [true, false], ['yes']],
  ['stop', ['a', []], [5]],
  ['input', ['a', []], [5]],
])('a wrong type of %s as a whole is its fault, a value such as %j is not', (member, sound, wrong) => {
  const answered = (value: unknown) =>
    json('POST /chat/completions', { error: { message: 'no', param: null } }, { status: 499, breaks: member, request: { [member]: value } })
  for (const value of sound) expect(judged(paramNamesField, answered(value), undefined, ['tools'])).toEqual(['unobserved'])
  for (const value of wrong) expect(judged(paramNamesField, answered(value), undefined, ['tools'])).toEqual(['not-named'])
})
