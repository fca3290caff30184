import { expect, test } from 'vitest'
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
