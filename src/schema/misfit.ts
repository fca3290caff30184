import type { JsonObject, JsonPointer } from '../types.ts'

/** The first place where a value is not what a schema asks for. */
export interface Misfit {
  readonly pointer: JsonPointer
  readonly keyword: string
  readonly expected: string
}

interface Walk {
  readonly root: unknown
  /** Schemas that may still be looked at: what refers to itself, or branches without end, is not judged to its end. */
  left: number
}

const mostSchemas = 50_000
const mostDepth = 200

/**
 * Compares a value with a schema that became known only while judging, such as one that a request carries. It is small on purpose:
 * Ajv would have to be loaded and to compile at every run, and refuses what it does not know. Here a keyword that is not known
 * asks for nothing, a schema that is none asks for nothing, and whatever is too deep or too much counts as fitting.
 * @see https://json-schema.org/draft/2020-12/json-schema-validation
 */
export const misfitOf = (schema: unknown, value: unknown): Misfit | undefined =>
  descend(schema, value, '', { root: schema, left: mostSchemas }, 0)

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

const isCount = (value: unknown): value is number => typeof value === 'number'

const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  // 1.0 is an integer; and so are digits without end, which JSON.parse turns into infinity
  integer: (value) => Number.isInteger(value) || value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY,
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  array: (value) => Array.isArray(value),
  object: isObject,
}

const escaped = (name: string): string => name.replace(/~/g, '~0').replace(/\//g, '~1')

/** A reference inside the document; undefined when it leads nowhere. */
const referred = (reference: string, root: unknown): unknown => {
  if (!reference.startsWith('#')) return undefined
  let node = root
  for (const token of reference.slice(1).split('/').slice(1)) {
    const name = token.replace(/~1/g, '/').replace(/~0/g, '~')
    if (Array.isArray(node)) node = node[Number(name)]
    else node = isObject(node) && Object.hasOwn(node, name) ? node[name] : undefined
  }
  return node
}

const same = (one: unknown, other: unknown): boolean => {
  if (one === other) return true
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((entry, index) => same(entry, other[index]))
  if (!isObject(one) || !isObject(other)) return false
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => Object.hasOwn(other, name) && same(one[name], other[name]))
}

const brief = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

const descend = (schema: unknown, value: unknown, pointer: JsonPointer, walk: Walk, depth: number): Misfit | undefined => {
  if (schema === false) return { pointer, keyword: 'false', expected: 'absent' }
  if (!isObject(schema) || depth > mostDepth || walk.left-- <= 0) return undefined
  const misfit = (keyword: string, expected: string): Misfit => ({ pointer, keyword, expected })
  const inner = (part: unknown, member: unknown = value, at: JsonPointer = pointer) => descend(part, member, at, walk, depth + 1)

  const named = [schema.type].flat().filter((type) => typeof type === 'string')
  if (named.length > 0 && named.every((type) => Object.hasOwn(types, type)) && !named.some((type) => types[type]?.(value)))
    return misfit('type', named.join(' or '))
  if (Array.isArray(schema.enum) && !schema.enum.some((option) => same(option, value)))
    return misfit('enum', `one of ${brief(schema.enum)}`)
  if (Object.hasOwn(schema, 'const') && !same(schema.const, value)) return misfit('const', brief(schema.const))
  if (typeof schema.$ref === 'string') {
    const found = inner(referred(schema.$ref, walk.root))
    if (found) return found
  }
  if (Array.isArray(schema.allOf)) {
    for (const part of schema.allOf) {
      const found = inner(part)
      if (found) return found
    }
  }
  for (const keyword of ['anyOf', 'oneOf']) {
    const parts = schema[keyword]
    if (!Array.isArray(parts) || parts.length === 0) continue
    const found = parts.map((part) => inner(part))
    // the place inside the only branch that is about such a value tells more than the place of the choice
    const near = found.filter((each) => each && each.pointer !== pointer)
    if (found.every((each) => each !== undefined)) return near.length === 1 ? near[0] : misfit(keyword, `one of ${parts.length} schemas`)
  }
  if (typeof value === 'string') return ofString(schema, value, misfit)
  if (typeof value === 'number') return ofNumber(schema, value, misfit)
  if (Array.isArray(value)) return ofArray(schema, value, misfit, (part, index) => inner(part, value[index], `${pointer}/${index}`))
  if (isObject(value)) return ofObject(schema, value, pointer, (part, name) => inner(part, value[name], `${pointer}/${escaped(name)}`))
  return undefined
}

type Say = (keyword: string, expected: string) => Misfit

const ofString = ({ minLength, maxLength }: JsonObject, value: string, say: Say): Misfit | undefined => {
  // lengths are counted in characters, of which a text never has more than units, nor less than half as many
  if (isCount(minLength) && value.length < minLength * 2 && [...value].length < minLength)
    return say('minLength', `>= ${minLength} characters`)
  if (isCount(maxLength) && value.length > maxLength && [...value].length > maxLength) return say('maxLength', `<= ${maxLength} characters`)
  return undefined
}

const ofNumber = (schema: JsonObject, value: number, say: Say): Misfit | undefined => {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema
  if (isCount(minimum) && value < minimum) return say('minimum', `>= ${minimum}`)
  if (isCount(maximum) && value > maximum) return say('maximum', `<= ${maximum}`)
  if (isCount(exclusiveMinimum) && value <= exclusiveMinimum) return say('exclusiveMinimum', `> ${exclusiveMinimum}`)
  if (isCount(exclusiveMaximum) && value >= exclusiveMaximum) return say('exclusiveMaximum', `< ${exclusiveMaximum}`)
  return undefined
}

const ofArray = (
  { minItems, maxItems, prefixItems, items }: JsonObject,
  value: readonly unknown[],
  say: Say,
  inner: (part: unknown, index: number) => Misfit | undefined,
): Misfit | undefined => {
  if (isCount(minItems) && value.length < minItems) return say('minItems', `>= ${minItems} elements`)
  if (isCount(maxItems) && value.length > maxItems) return say('maxItems', `<= ${maxItems} elements`)
  const first = Array.isArray(prefixItems) ? prefixItems : []
  for (let index = 0; index < value.length; index++) {
    const part = index < first.length ? first[index] : items
    const found = part === undefined ? undefined : inner(part, index)
    if (found) return found
  }
  return undefined
}

const ofObject = (
  schema: JsonObject,
  value: JsonObject,
  pointer: JsonPointer,
  inner: (part: unknown, name: string) => Misfit | undefined,
): Misfit | undefined => {
  const properties = isObject(schema.properties) ? schema.properties : {}
  for (const name of Array.isArray(schema.required) ? schema.required : []) {
    if (typeof name === 'string' && !Object.hasOwn(value, name))
      return { pointer: `${pointer}/${escaped(name)}`, keyword: 'required', expected: 'present' }
  }
  for (const name of Object.keys(value)) {
    const isNamed = Object.hasOwn(properties, name)
    // patterns of names are not looked at, so that with them no name is one too many
    if (!isNamed && schema.patternProperties !== undefined) continue
    const found = isNamed ? inner(properties[name], name) : inner(schema.additionalProperties, name)
    if (found) return isNamed || found.keyword !== 'false' ? found : { ...found, keyword: 'additionalProperties' }
  }
  return undefined
}
