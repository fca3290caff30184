import { expect, test } from 'vitest'
import type { Task } from '../conversation.ts'
import { babbleOn, gistOf, hasRandomWeights } from './random-weights.ts'

const weather = {
  name: 'get_weather',
  parameters: { type: 'object', properties: { city: { type: 'string' }, unit: { enum: ['c', 'f'] } }, required: ['city'] },
  strict: false,
  declared: {},
}
const task = (more: Partial<Task> = {}): Task => ({
  model: 'reference-random-7',
  turns: [{ role: 'user', text: 'Count from 1 to 60.' }],
  tools: [],
  choice: { mode: 'auto' },
  parallel: true,
  stops: [],
  cap: 64,
  format: 'text',
  effort: 'none',
  ...more,
})
const many = (given: Task) => Array.from({ length: 200 }, (_, before) => babbleOn(given, before, () => 'call_1'))

test('is found by its name', () => {
  expect(['reference-random-7', 'reference-random-thinking-7', 'reference'].map(hasRandomWeights)).toEqual([true, true, false])
})

test('says the same when it is asked the same', () => {
  expect(many(task())).toEqual(many(task()))
  expect(new Set(many(task()).map(({ content }) => content)).size).toBeGreaterThan(100)
  expect(many(task({ model: 'reference-random-8' }))).not.toEqual(many(task()))
  const asked = (text: string) => gistOf(task({ turns: [{ role: 'user', text }] }))
  expect(asked('My word is abcdefghijklmnop.')).toBe(asked('My word is ponmlkjihgfedcba.'))
})

test('keeps to the cap, and says so', () => {
  for (const speech of [...many(task()), ...many(task({ effort: 'high' })), ...many(task({ tools: [weather] }))]) {
    expect(speech.completionTokens).toBeLessThanOrEqual(64)
    if (speech.finish === 'length') expect(speech.completionTokens).toBe(64)
  }
})

test('is silent, cut, and free of sense now and then', () => {
  const spoken = many(task())
  expect(spoken.some(({ content, finish }) => content === '' && finish === 'stop')).toBe(true)
  expect(spoken.some(({ finish }) => finish === 'length')).toBe(true)
  expect(spoken.some(({ content }) => content?.includes('\ufffd'))).toBe(true)
})

test('calls in the form that the grammar dictates, as far as the cap lets it', () => {
  const spoken = many(task({ tools: [weather], choice: { mode: 'required' } }))
  for (const { calls, finish } of spoken) {
    if (finish === 'tool_calls') for (const call of calls) expect(typeof JSON.parse(call.arguments).city).toBe('string')
  }
  expect(spoken.some(({ calls, finish }) => calls.length > 0 && finish === 'length')).toBe(true)
})

test('thinks until nothing is left', () => {
  const spoken = many(task({ effort: 'medium' }))
  expect(spoken.some(({ content, reasoningTokens }) => content === '' && reasoningTokens === 64)).toBe(true)
  expect(spoken.some(({ content, finish }) => content === null && finish === 'stop')).toBe(true)
})
