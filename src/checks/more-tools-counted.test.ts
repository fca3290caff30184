import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { moreToolsCounted } from './more-tools-counted.ts'

const ask = [{ role: 'user', content: 'Hi.' }]
const tool = { type: 'function', function: { name: 'glob', parameters: { type: 'object' } } }
const turn = (tools: number, prompt?: number, { status = 200, messages = ask } = {}) => {
  const usage = prompt === undefined ? {} : { usage: { prompt_tokens: prompt, completion_tokens: 1, total_tokens: prompt + 1 } }
  const choices = [{ index: 0, message: { role: 'assistant', content: 'OK' }, finish_reason: 'stop' }]
  return json('POST /chat/completions', { choices, ...usage }, { status, request: { messages, tools: Array(tools).fill(tool) } })
}
const says = (...views: ReturnType<typeof turn>[]) => judged(moreToolsCounted, [turn(1, 90), ...views], { by: 100 })

test('held where each tool adds to the count', () => {
  expect(says(turn(8, 3000), turn(10, 3400))).toEqual(['held'])
  expect(says(turn(1, 95), turn(8, 3000), turn(10, 3400))).toEqual(['held'])
})

test('dropped, all of them or those behind the eighth', () => {
  expect(says(turn(8, 3000), turn(10, 60))).toEqual(['dropped'])
  expect(says(turn(8, 3000), turn(10, 3000))).toEqual(['dropped'])
  expect(says(turn(8, 60), turn(10, 60))).toEqual(['dropped'])
})

test('unobserved without three counts, or where tools do not count', () => {
  expect(says(turn(8, 90), turn(10, 90))).toEqual(['unobserved'])
  expect(says(turn(10, 3400))).toEqual(['unobserved'])
  expect(says(turn(8), turn(10, 3400))).toEqual(['unobserved'])
  expect(says(turn(8, 3000), turn(10))).toEqual(['unobserved'])
  expect(says(turn(8, 3000), turn(10, 3400, { status: 400 }))).toEqual(['unobserved'])
  expect(says(turn(8, 3000), turn(10, 60, { messages: [...ask, ...ask] }))).toEqual(['unobserved'])
})
