import { expect, test } from 'vitest'
import { conversation, observed, spoken } from '../testing/observed.ts'
import { json } from '../testing/transcript.ts'
import { reasoningHistory } from './reasoning-history.ts'

const turn = (thoughts: object, status = 200) => conversation([{ role: 'assistant', content: 'Hi.', ...thoughts }], status)
const [bare, long, short] = [{}, { reasoning_content: 'hm' }, { reasoning: 'hm' }]

test('optional', () => {
  expect(observed(reasoningHistory, turn(bare), turn(long), turn(short))).toBe('optional')
  expect(observed(reasoningHistory, turn(bare), turn(long, 400), turn(short))).toBe('optional')
})
test('required', () => {
  expect(observed(reasoningHistory, turn(bare, 400), turn(long), turn(short, 400))).toBe('required')
  // an empty text is not what is asked for
  expect(observed(reasoningHistory, turn(bare, 400), turn({ reasoning_content: '' }))).toBe('required')
})
test('forbidden', () => expect(observed(reasoningHistory, turn(bare), turn(long, 422), turn(short, 400))).toBe('forbidden'))
test('a template that throws has refused', () => expect(observed(reasoningHistory, turn(bare), turn(long, 500))).toBe('forbidden'))
test('nothing to tell', () => {
  expect(observed(reasoningHistory, turn(bare, 400), turn(long, 400), turn(short, 400))).toBeUndefined()
  expect(observed(reasoningHistory, turn(bare), turn(long, 429))).toBeUndefined()
  expect(observed(reasoningHistory, turn(long))).toBeUndefined()
  expect(observed(reasoningHistory, spoken({ content: 'Hi.' }))).toBeUndefined()
  expect(observed(reasoningHistory, json('GET /models', { data: [] }))).toBeUndefined()
})
