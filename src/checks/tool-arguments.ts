import type { JsonObject } from '../types.ts'
import { asArray, asObject } from './read.ts'

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

export const parsesToObject = (text: string): boolean => asObject(parse(text)) !== undefined

/** The arguments of a call as an object; undefined when they are something else. */
export const argumentsObject = (text: unknown): JsonObject | undefined => (typeof text === 'string' ? asObject(parse(text)) : undefined)

export type ArgumentsProblem = 'empty' | 'not-json' | 'not-object' | 'double-encoded' | 'trailing'

/** @returns undefined when the text is one JSON object */
export const argumentsProblem = (text: string): ArgumentsProblem | undefined => {
  if (text.trim() === '') return 'empty'
  const value = parse(text)
  if (asObject(value)) return undefined
  if (typeof value === 'string') return parsesToObject(value) ? 'double-encoded' : 'not-object'
  if (value !== undefined) return 'not-object'
  // an object that is never closed leaves the whole text, which is no JSON
  return parsesToObject(text.slice(0, endOfObject(text))) ? 'trailing' : 'not-json'
}

/** Where the object that a text starts with is closed. */
const endOfObject = (text: string): number | undefined => {
  let depth = 0
  let quoted = false
  for (let place = 0; place < text.length; place++) {
    const sign = text[place]
    if (quoted) {
      if (sign === '\\') place++
      else if (sign === '"') quoted = false
    } else if (sign === '"') quoted = true
    else if (sign === '{') depth++
    else if (sign === '}' && --depth <= 0) return place + 1
  }
  return undefined
}

/** What a server writes that has no parameter list to fill in; functions without parameters have a rule of their own. */
export const isNothingAsNull = (text: string, declared: JsonObject | undefined): boolean =>
  declared !== undefined && declared.parameters === undefined && text.trim() === 'null'

/** Whether the declared function can be called without arguments, so that no text at all is a tolerable way to say `{}`. */
export const needsNoArguments = (declared: JsonObject | undefined): boolean =>
  declared !== undefined && (asArray(asObject(declared.parameters)?.required) ?? []).length === 0
