import { Refusal } from '../refusal.ts'
import { isObject } from './members.ts'

const types = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'])
const maxDepth = 64

/** Why a value is not a JSON Schema as far as tools and formats use it; undefined when it is one. */
export const schemaFault = (schema: unknown, depth = 0): string | undefined => {
  if (typeof schema === 'boolean') return undefined
  if (!isObject(schema)) return 'a schema must be an object'
  if (depth > maxDepth) return 'the schema is nested too deeply'
  const named = Array.isArray(schema.type) ? schema.type : schema.type === undefined ? [] : [schema.type]
  for (const type of named) if (!types.has(type)) return `${JSON.stringify(type)} is not a type`
  for (const word of ['enum', 'required']) {
    if (schema[word] !== undefined && !Array.isArray(schema[word])) return `'${word}' must be an array`
  }
  if (schema.required?.some((name: unknown) => typeof name !== 'string')) return "'required' must list names"
  const inner: unknown[] = []
  for (const word of ['properties', '$defs', 'definitions']) {
    if (schema[word] === undefined) continue
    if (!isObject(schema[word])) return `'${word}' must be an object`
    inner.push(...Object.values(schema[word]))
  }
  for (const word of ['anyOf', 'oneOf', 'allOf']) {
    if (schema[word] === undefined) continue
    if (!Array.isArray(schema[word])) return `'${word}' must be an array`
    inner.push(...schema[word])
  }
  for (const word of ['items', 'additionalProperties', 'not']) if (schema[word] !== undefined) inner.push(schema[word])
  for (const part of inner) {
    const fault = schemaFault(part, depth + 1)
    if (fault !== undefined) return fault
  }
  return undefined
}

/** Refuses what is not a schema of an object. */
export const requireObjectSchema = (schema: unknown, param: string, name: string, code: string): void => {
  const fault =
    schemaFault(schema) ?? (isObject(schema) && (schema.type ?? 'object') !== 'object' ? "the type must be 'object'" : undefined)
  if (fault !== undefined) throw new Refusal(`Invalid schema for '${name}': ${fault}.`, { param, code })
}
