import { expect, test } from 'vitest'
import { createAjv } from './compile.ts'
import { misfitOf } from './misfit.ts'

const river = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'mouth'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 4 },
    length_km: { type: 'integer', minimum: 1, maximum: 9000 },
    mouth: { anyOf: [{ $ref: '#/$defs/place' }, { type: 'null' }] },
    towns: { type: 'array', minItems: 1, maxItems: 2, items: { $ref: '#/$defs/place' } },
    size: { enum: ['small', 'large', { of: [1] }] },
    slope: { type: ['number', 'null'], exclusiveMinimum: 0, exclusiveMaximum: 1 },
    kind: { const: 'river' },
  },
  $defs: { place: { type: 'object', required: ['x'], properties: { x: { type: 'number' } }, additionalProperties: false } },
}
const mouth = { x: 1.5 }
const at = (more: object, schema: unknown = river) => {
  const found = misfitOf(schema, { name: 'Po', mouth, ...more })
  return found && `${found.keyword} ${found.pointer}`
}

test('what fits', () => {
  expect(at({})).toBeUndefined()
  expect(at({ mouth: null, length_km: 652.0, towns: [mouth], size: { of: [1] }, slope: null, kind: 'river' })).toBeUndefined()
  expect(at({ name: '𝔘𝔘𝔘𝔘' })).toBeUndefined()
})

test.each([
  [{ name: 5 }, 'type /name'],
  [{ name: '' }, 'minLength /name'],
  [{ name: 'Rhine' }, 'maxLength /name'],
  [{ length_km: 1.5 }, 'type /length_km'],
  [{ length_km: 0 }, 'minimum /length_km'],
  [{ length_km: 9001 }, 'maximum /length_km'],
  [{ slope: 0 }, 'exclusiveMinimum /slope'],
  [{ slope: 1 }, 'exclusiveMaximum /slope'],
  [{ size: 'medium' }, 'enum /size'],
  [{ kind: 'sea' }, 'const /kind'],
  [{ mouth: {} }, 'required /mouth/x'],
  [{ mouth: 'sea' }, 'anyOf /mouth'],
  [{ towns: [] }, 'minItems /towns'],
  [{ towns: [mouth, mouth, mouth] }, 'maxItems /towns'],
  [{ towns: [mouth, { x: '1' }] }, 'type /towns/1/x'],
  [{ 'a/b': 1 }, 'additionalProperties /a~1b'],
])('%j', (more, expected) => expect(at(more)).toBe(expected))

test('digits without end are an integer', () => {
  expect(misfitOf({ type: 'integer' }, JSON.parse(`1${'0'.repeat(400)}`))).toBeUndefined()
})

test.each([
  null,
  7,
  'object',
  [],
  { type: 'objekt' },
  { type: {} },
  { required: 'x', properties: [], enum: 'x', anyOf: {}, allOf: null, items: 5 },
  { $ref: '#' },
  { $ref: '#/nowhere' },
  { $ref: 'https://example.com/x' },
  { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } },
  { anyOf: [{ $ref: '#' }, { $ref: '#' }] },
])('an odd schema asks for nothing: %j', (schema) => expect(misfitOf(schema, { a: [1] })).toBeUndefined())

test('names of the language are names like others', () => {
  const value = JSON.parse('{"__proto__":1,"constructor":2}')
  expect(misfitOf({ properties: {}, additionalProperties: false }, value)?.pointer).toBe('/__proto__')
  expect(misfitOf({ required: ['toString'] }, {})?.keyword).toBe('required')
})

test('deep values and schemas end', () => {
  const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`)
  expect(misfitOf({ items: { $ref: '#' } }, deep)).toBeUndefined()
})

/** A deterministic heap of schemas and values, on which Ajv must come to the same verdict. */
const dice = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return seed / 4_294_967_296
}
const values: readonly unknown[] = ['', 'a', 'bb', 0, 1, 2.5, -1, true, null, [], [1, 'a'], {}, { a: 1 }, { a: 'x', b: null }, { b: [1] }]

test('agrees with Ajv', () => {
  const roll = dice(7)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)] as T
  const schemaOf = (depth: number): object => {
    const schema: Record<string, unknown> = {}
    if (roll() < 0.6) schema.type = pick(['string', 'number', 'integer', 'boolean', 'null', 'array', 'object', ['string', 'null']])
    if (roll() < 0.2) schema.enum = [pick(values), 'other', 99]
    if (roll() < 0.2) schema.minimum = 1
    if (roll() < 0.2) schema.maxLength = 1
    if (roll() < 0.2) schema.required = [pick(['a', 'b'])]
    if (roll() < 0.2) schema.maxItems = 1
    if (depth > 0) {
      if (roll() < 0.5) schema.properties = { a: schemaOf(depth - 1), b: schemaOf(depth - 1) }
      if (roll() < 0.3) schema.additionalProperties = false
      if (roll() < 0.4) schema.items = schemaOf(depth - 1)
      if (roll() < 0.3) schema.anyOf = [schemaOf(depth - 1), schemaOf(depth - 1)]
      if (roll() < 0.2) schema.allOf = [schemaOf(depth - 1)]
    }
    return schema
  }
  for (let round = 0; round < 60; round++) {
    const schema = schemaOf(2)
    const validate = createAjv({ strict: false }).compile(schema)
    for (const value of values) expect([schema, value, misfitOf(schema, value) === undefined]).toEqual([schema, value, validate(value)])
  }
})
