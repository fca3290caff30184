import { expect, test } from 'vitest'
import { isFlat, validateFlat } from './flat-schema.ts'

const schema = {
  type: 'object',
  properties: {
    city: { type: 'string' },
    days: { type: 'integer' },
    unit: { enum: ['c', 'f'] },
    tags: { type: ['array', 'null'] },
    any: {},
  },
  required: ['city'],
  additionalProperties: false,
}

const codes = (value: object) => validateFlat(schema, value as never).map(({ code }) => code)

test('fits', () => expect(codes({ city: 'Paris', days: 2, unit: 'c', tags: null, any: [] })).toEqual([]))
test('missing', () => expect(codes({ days: 2 })).toEqual(['missing-property']))
test('a list as text', () => expect(codes({ city: 'Paris', tags: '[]' })).toEqual(['wrong-type']))
test('a number as text', () => expect(codes({ city: 'Paris', days: '2' })).toEqual(['wrong-type']))
test('enum', () => expect(codes({ city: 'Paris', unit: 'kelvin' })).toEqual(['not-in-enum']))
test('additional', () => expect(codes({ city: 'Paris', toString: 1 })).toEqual(['additional-property']))
test('additional members are free unless forbidden', () => {
  expect(validateFlat({ type: 'object', properties: {} }, { country: 'FR' })).toEqual([])
})
test('flat or not', () => {
  expect(isFlat(schema)).toBe(true)
  expect(isFlat({ ...schema, anyOf: [] })).toBe(false)
  expect(isFlat({ type: 'object' })).toBe(false)
  expect(isFlat(undefined)).toBe(false)
})
