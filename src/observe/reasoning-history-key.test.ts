import { expect, test } from 'vitest'
import { conversation, observed } from '../testing/observed.ts'
import { reasoningHistoryKey } from './reasoning-history-key.ts'

const turn = (thoughts: object, status: number) => conversation([{ role: 'assistant', content: 'Hi.', ...thoughts }], status)
const run = (bare: number, long: number, short: number) =>
  observed(reasoningHistoryKey, turn({}, bare), turn({ reasoning_content: 'hm' }, long), turn({ reasoning: 'hm' }, short))

test('any', () => expect(run(200, 200, 200)).toBe('any'))
test('reasoning_content', () => {
  expect(run(200, 200, 400)).toBe('reasoning_content')
  expect(run(400, 200, 400)).toBe('reasoning_content')
})
test('reasoning', () => expect(run(200, 422, 200)).toBe('reasoning'))
test('none', () => expect(run(200, 400, 400)).toBe('none'))
test('nothing to tell', () => {
  expect(run(400, 400, 400)).toBeUndefined()
  expect(run(200, 200, 503)).toBeUndefined()
})
