import type { Json } from '../exchange.ts'
import { prose } from './write-text.ts'

const maxDepth = 8

interface Hints {
  /** Text for the first free string property, such as the city asked about. */
  readonly topic?: string | undefined
  /** How long free text should be. */
  readonly words?: number | undefined
}

/** A schema, or what it refers to inside of its document. */
export const resolved = (schema: Json, root: Json): Json => {
  const path = typeof schema?.$ref === 'string' ? schema.$ref.split('/').slice(1) : undefined
  if (!path) return schema
  return path.reduce((value: Json, name: string) => value?.[name.replaceAll('~1', '/').replaceAll('~0', '~')], root) ?? {}
}

const sampleString = (schema: Json, name: string, hints: Hints): string => {
  const text = hints.topic ?? (hints.words !== undefined ? prose(hints.words) : name || 'text')
  const padded = text.padEnd(typeof schema.minLength === 'number' ? schema.minLength : 0, '.')
  return typeof schema.maxLength === 'number' ? padded.slice(0, schema.maxLength) : padded
}

const sampleNumber = (schema: Json): number => {
  const step = typeof schema.multipleOf === 'number' ? schema.multipleOf : 1
  const least = schema.minimum ?? (typeof schema.exclusiveMinimum === 'number' ? schema.exclusiveMinimum + step : undefined)
  if (typeof least === 'number') return schema.type === 'integer' ? Math.ceil(least) : least
  return typeof schema.maximum === 'number' ? Math.min(step, Math.floor(schema.maximum)) : step
}

const sampleObject = (schema: Json, root: Json, hints: Hints, depth: number): Json => {
  const required: readonly string[] = schema.required ?? []
  let topic = hints.topic
  const members: [string, Json][] = []
  for (const name of required) {
    const property = resolved(schema.properties?.[name] ?? {}, root)
    const free = property?.type === 'string' && property.enum === undefined && property.const === undefined
    members.push([name, sampleValue(property, root, free ? { ...hints, topic } : { words: hints.words }, name, depth + 1)])
    if (free) topic = undefined
  }
  return Object.fromEntries(members)
}

/** A value that satisfies a schema: every required member, the first of every choice. */
export const sampleValue = (given: Json, root: Json = given, hints: Hints = {}, name = '', depth = 0): Json => {
  const schema = resolved(given, root)
  if (depth > maxDepth || typeof schema !== 'object' || schema === null) return null
  if (schema.const !== undefined) return schema.const
  if (Array.isArray(schema.enum)) return schema.enum[0] ?? null
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0] ?? schema.allOf?.[0]
  if (choice !== undefined) return sampleValue(choice, root, hints, name, depth + 1)
  const type = Array.isArray(schema.type) ? schema.type[0] : (schema.type ?? (schema.properties ? 'object' : 'string'))
  if (type === 'object') return sampleObject(schema, root, hints, depth)
  if (type === 'array') {
    const count = Math.max(1, Math.min(schema.minItems ?? 1, 16))
    return Array.from({ length: schema.maxItems === 0 ? 0 : count }, () => sampleValue(schema.items ?? {}, root, {}, name, depth + 1))
  }
  if (type === 'number' || type === 'integer') return sampleNumber(schema)
  if (type === 'boolean') return true
  return type === 'null' ? null : sampleString(schema, name, hints)
}
