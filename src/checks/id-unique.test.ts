import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { idUnique } from './id-unique.ts'

const answer = (id: unknown, status = 200) => json('POST /chat/completions', { id, choices: [] }, { status })

test('holds', () => {
  expect(judged(idUnique, [answer('a'), answer('b'), answer('c')])).toEqual(['held'])
})
test('an id comes twice', () => {
  expect(judged(idUnique, [answer('a'), answer('b'), answer('a'), answer('a')])).toEqual(['repeated', 'repeated'])
})
test('nothing to compare', () => {
  expect(judged(idUnique, [answer('a')])).toEqual(['unobserved'])
  expect(judged(idUnique, [answer('a'), answer('a', 500)])).toEqual(['unobserved'])
  expect(judged(idUnique, [answer(1), answer(1)])).toEqual(['unobserved'])
  expect(judged(idUnique, [answer(''), answer('')])).toEqual(['unobserved'])
})
