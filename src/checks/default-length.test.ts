import { expect, test } from 'vitest'
import { told } from '../testing/told.ts'
import { chatStream, judged } from '../testing/transcript.ts'
import { defaultLength } from './default-length.ts'

const numbers = (to: number) => Array.from({ length: to }, (_, index) => index + 1).join('\n')
const says = (message: object, finish_reason: string, completion_tokens?: number, request: object = {}) =>
  judged(
    defaultLength,
    chatStream(
      [
        { choices: [{ index: 0, delta: message, finish_reason: null }] },
        { choices: [{ index: 0, delta: {}, finish_reason }] },
        ...(completion_tokens === undefined ? [] : [{ choices: [], usage: { completion_tokens } }]),
        '[DONE]',
      ],
      { request: { ...request } },
    ),
    { upTo: 20 },
  )

test('holds', () => {
  expect(says({ content: numbers(20) }, 'stop', 40)).toEqual(['held'])
  expect(says({ content: `Here:\n${numbers(20)}\nDone.` }, 'stop')).toEqual(['held'])
})
test('cut', () => {
  expect(says({ content: numbers(12) }, 'length', 24)).toEqual(['cut'])
  expect(says({ content: numbers(12) }, 'length')).toEqual(['cut'])
  const thoughts = 'The user wants me to count from one to twenty, so I have to write the numbers'
  expect(says({ reasoning_content: thoughts }, 'length', 100)).toEqual(['cut'])
})
test('unobserved', () => {
  expect(says({ content: numbers(12) }, 'stop', 24)).toEqual(['unobserved'])
  expect(says({ content: 'zx qu 1 7 3' }, 'length', 24)).toEqual(['unobserved'])
  expect(says({ content: numbers(12) }, 'length', 5000)).toEqual(['unobserved'])
  expect(says({ content: numbers(12) }, 'length', 24, { max_tokens: 24 })).toEqual(['unobserved'])
  expect(says({ reasoning_content: 'zx\ufffd '.repeat(20) }, 'length', 100)).toEqual(['unobserved'])
})

test('where it is told, and after how much', () => {
  const cut = (content: string, usage?: object) =>
    told(
      defaultLength,
      chatStream([
        { choices: [{ index: 0, delta: { content }, finish_reason: 'length' }] },
        ...(usage ? [{ choices: [], usage }] : []),
        '[DONE]',
      ]),
      { upTo: 20 },
    )
  expect(cut(numbers(12))).toEqual(['cut at /choices/0/finish_reason: "stop", not "length after the number 12"'])
  expect(cut(numbers(12), { completion_tokens: 24 })).toEqual(['cut at /choices/0/finish_reason: "stop", not "length after 24 tokens"'])
})
test('from three numbers to the last but one it was counting, and a thousand tokens are not few', () => {
  expect(says({ content: numbers(2) }, 'length', 24)).toEqual(['unobserved'])
  expect(says({ content: numbers(3) }, 'length', 24)).toEqual(['cut'])
  expect(says({ content: numbers(19) }, 'length', 24)).toEqual(['cut'])
  expect(says({ content: numbers(20) }, 'length', 24)).toEqual(['unobserved'])
  expect(says({ content: numbers(20).replace('10', '11') }, 'stop')).toEqual(['unobserved'])
  expect(says({ content: numbers(12) }, 'length', 1024)).toEqual(['cut'])
  expect(says({ content: numbers(12) }, 'length', 1025)).toEqual(['unobserved'])
})
test('thoughts of which the tokens are known, and beside which nothing is said', () => {
  const forty = 'The user wants me to count to the twenty'
  expect(says({ reasoning_content: forty }, 'length', 100)).toEqual(['cut'])
  expect(says({ reasoning_content: forty.slice(1) }, 'length', 100)).toEqual(['unobserved'])
  expect(says({ reasoning_content: forty }, 'length')).toEqual(['unobserved'])
  expect(says({ reasoning_content: forty, content: 'Sure.' }, 'length', 100)).toEqual(['unobserved'])
})
test('no answer, or one that ended otherwise', () => {
  for (const finish of ['tool_calls', 'content_filter']) expect(says({ content: numbers(12) }, finish, 24)).toEqual(['unobserved'])
  expect(judged(defaultLength, chatStream([{ choices: [] }, '[DONE]']), { upTo: 20 })).toEqual(['unobserved'])
  const lossy = chatStream([{ choices: [{ index: 0, delta: { content: numbers(12) }, finish_reason: 'length' }] }, '{"a":1}{"b":2}'])
  expect(judged(defaultLength, lossy, { upTo: 20 })).toEqual(['unobserved'])
})
