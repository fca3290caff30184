import type { JsonObject } from '../types.ts'
import { asArray, asObject, show, typeName } from './read.ts'

export interface SchemaProblem {
  readonly code: 'missing-property' | 'wrong-type' | 'not-in-enum' | 'additional-property'
  readonly property: string
  readonly expected: string
  readonly actual: string
}

export const schemaProblemCodes = ['missing-property', 'wrong-type', 'not-in-enum', 'additional-property'] as const

/** Keywords that change what an object may be; a schema with one of them is not flat and not judged. */
const beyondFlat = [
  '$ref',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'patternProperties',
  'propertyNames',
  'dependentRequired',
  'dependentSchemas',
]

const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  // JSON Schema counts 1.0 as an integer.
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  array: (value) => Array.isArray(value),
  object: (value) => asObject(value) !== undefined,
}

/** Whether this small validator understands all that the schema asks of the top level. */
export const isFlat = (schema: unknown): schema is JsonObject => {
  const own = asObject(schema)
  return (
    own !== undefined && own.type === 'object' && asObject(own.properties) !== undefined && !beyondFlat.some((keyword) => keyword in own)
  )
}

/** Validates an object against a flat schema: required, and for each property its type and enum. What lies deeper is not looked at. */
export const validateFlat = (schema: JsonObject, value: JsonObject): SchemaProblem[] => {
  const properties = asObject(schema.properties) ?? {}
  const problems: SchemaProblem[] = []
  for (const name of asArray(schema.required) ?? []) {
    if (typeof name === 'string' && !Object.hasOwn(value, name)) {
      problems.push({ code: 'missing-property', property: name, expected: name, actual: show(Object.keys(value)) })
    }
  }
  for (const [name, member] of Object.entries(value)) {
    const property = Object.hasOwn(properties, name) ? asObject(properties[name]) : undefined
    if (!property) {
      if (schema.additionalProperties === false)
        problems.push({ code: 'additional-property', property: name, expected: 'absent', actual: show(member) })
      continue
    }
    const allowed = [property.type].flat().filter((type) => typeof type === 'string')
    const options = asArray(property.enum)
    if (allowed.length > 0 && allowed.every((type) => type in types) && !allowed.some((type) => types[type]?.(member))) {
      problems.push({
        code: 'wrong-type',
        property: name,
        expected: allowed.join(' or '),
        actual: `${typeName(member)} ${show(member, 40)}`,
      })
    } else if (options && !options.some((option) => JSON.stringify(option) === JSON.stringify(member))) {
      problems.push({ code: 'not-in-enum', property: name, expected: show(options), actual: show(member) })
    }
  }
  return problems
}
