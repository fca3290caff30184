import type { Json } from '../exchange.ts'
import { invalid } from '../refusal.ts'

/** Throws a refusal that names `path` when the value is not allowed. */
export type Rule = (value: unknown, path: string) => void

export const kindOf = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

export const isObject = (value: unknown): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const wrongType = (path: string, expected: string, value: unknown) =>
  invalid(path, `Invalid type for '${path}': expected ${expected}, but got ${kindOf(value)} instead.`, 'invalid_type')

const bounds = (value: number, path: string, min: number, max: number): void => {
  if (value < min) throw invalid(path, `Invalid '${path}': must not be below ${min}.`, 'below_min_value')
  if (value > max) throw invalid(path, `Invalid '${path}': must not be above ${max}.`, 'above_max_value')
}

export const number =
  (min: number, max: number): Rule =>
  (value, path) => {
    if (typeof value !== 'number') throw wrongType(path, 'a number', value)
    bounds(value, path, min, max)
  }

export const integer =
  (min: number, max = Number.MAX_SAFE_INTEGER): Rule =>
  (value, path) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(path, 'an integer', value)
    bounds(value, path, min, max)
  }

export const boolean: Rule = (value, path) => {
  if (typeof value !== 'boolean') throw wrongType(path, 'a boolean', value)
}

export const string: Rule = (value, path) => {
  if (typeof value !== 'string') throw wrongType(path, 'a string', value)
}

export const filled: Rule = (value, path) => {
  string(value, path)
  if (value === '') throw invalid(path, `Invalid '${path}': must not be empty.`)
}

export const object: Rule = (value, path) => {
  if (!isObject(value)) throw wrongType(path, 'an object', value)
}

export const array: Rule = (value, path) => {
  if (!Array.isArray(value)) throw wrongType(path, 'an array', value)
}

export const oneOf =
  (...allowed: readonly string[]): Rule =>
  (value, path) => {
    string(value, path)
    if (!allowed.includes(value as string)) {
      throw invalid(path, `Invalid value for '${path}': supported values are ${allowed.map((name) => `'${name}'`).join(', ')}.`)
    }
  }

export const listOf =
  (rule: Rule, min = 0, max = Number.MAX_SAFE_INTEGER): Rule =>
  (value, path) => {
    array(value, path)
    const list = value as unknown[]
    if (list.length < min) throw invalid(path, `Invalid '${path}': expected at least ${min} entries.`, 'array_below_min_length')
    if (list.length > max) throw invalid(path, `Invalid '${path}': expected at most ${max} entries.`, 'array_above_max_length')
    for (const [index, entry] of list.entries()) rule(entry, `${path}[${index}]`)
  }

export const mapOf =
  (rule: Rule): Rule =>
  (value, path) => {
    object(value, path)
    for (const [name, entry] of Object.entries(value as object)) rule(entry, `${path}.${name}`)
  }

/** Members by name. null is unset; a member without a rule is not looked at. */
export const members =
  (rules: Readonly<Record<string, Rule>>): Rule =>
  (value, path) => {
    object(value, path)
    const prefix = path === '' ? '' : `${path}.`
    for (const [name, rule] of Object.entries(rules)) {
      const member = (value as Record<string, unknown>)[name]
      if (member !== undefined && member !== null) rule(member, prefix + name)
    }
  }
