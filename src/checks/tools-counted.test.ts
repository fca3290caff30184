import { expect, test } from 'vitest'
import { reply } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { toolsCounted } from './tools-counted.ts'

const turn = (prompt: number, request = {}) => reply({ content: 'Hi.', usage: { prompt_tokens: prompt }, request })
const bare = { tools: undefined }

test('holds in either order', () => {
  expect(judged(toolsCounted, [turn(90), turn(20, bare)])).toEqual(['held'])
  expect(judged(toolsCounted, [turn(20, bare), turn(90)])).toEqual(['held'])
})
test('dropped', () => expect(judged(toolsCounted, [turn(20), turn(20, bare)])).toEqual(['ignored']))
test('a count that counts nothing', () => {
  const messages = [{ role: 'user', content: 'The river runs to the sea. '.repeat(20) }]
  expect(judged(toolsCounted, [turn(20, { messages }), turn(20, { ...bare, messages })])).toEqual(['unobserved'])
})
test('other messages', () => {
  expect(judged(toolsCounted, [turn(90), turn(20, { ...bare, messages: [{ role: 'user', content: 'Bye.' }] })])).toEqual(['unobserved'])
})
test('no count', () => expect(judged(toolsCounted, [reply({ content: 'Hi.' }), turn(20, bare)])).toEqual(['unobserved']))
