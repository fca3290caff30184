import { expect, test } from 'vitest'
import { observed, spoken } from '../testing/observed.ts'
import { unknownModel } from './unknown-model.ts'

const asked = (status: number, breaks = 'model') => spoken({ content: 'Hi.' }, { status, breaks })

test.each([
  ['not-found', 404],
  ['bad-request', 400],
  ['bad-request', 422],
  ['served', 200],
])('%s: %i', (value, status) => expect(observed(unknownModel, asked(status))).toBe(value))
test('nothing to tell', () => {
  expect(observed(unknownModel, asked(404, 'path'))).toBeUndefined()
  expect(observed(unknownModel, asked(429))).toBeUndefined()
})
