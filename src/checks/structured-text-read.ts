import { misfitOf } from '../schema/misfit.ts'
import { asObject, show } from './read.ts'

/** What is wrong with a text that was to be JSON of a certain form. */
export interface TextProblem {
  readonly code: TextCode
  readonly expected: string
  readonly actual: string
}

export type TextCode = 'ignored' | 'fenced' | 'surrounded' | 'encoded' | 'broken' | 'not-object' | 'invalid'

export const parseJson = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

const isContainer = (value: unknown): boolean => typeof value === 'object' && value !== null

/** JSON that stands inside of other text: from the first bracket to the last one of its kind. */
const holdsJson = (text: string): boolean => {
  for (const [open, close] of ['{}', '[]'] as const) {
    const from = text.indexOf(open as string)
    const to = text.lastIndexOf(close as string)
    if (from < 0 || to < from) continue
    const inner = parseJson(text.slice(from, to + 1))?.value
    if (isContainer(inner) && Object.keys(inner as object).length > 0) return true
  }
  return false
}

/** Why a text does not parse as a whole. */
const codeOf = (text: string): TextCode => {
  const trimmed = text.trim()
  if (trimmed === '') return 'broken'
  if (/^```/.test(trimmed) || /```(?:json)?\s*[{[]/i.test(trimmed)) return 'fenced'
  if (holdsJson(trimmed)) return /^[{[]/.test(trimmed) && /[}\]]$/.test(trimmed) ? 'broken' : 'surrounded'
  return /^[{["]/.test(trimmed) ? 'broken' : 'ignored'
}

/**
 * Judges the whole text of an answer, as a client does that hands it to its parser.
 * @param schema absent for JSON mode, where any object will do
 */
export const problemOf = (text: string, schema?: unknown): TextProblem | undefined => {
  const parsed = parseJson(text)
  const wanted = schema === undefined ? 'one JSON object' : 'JSON as in the schema'
  if (!parsed) return { code: codeOf(text), expected: wanted, actual: show(text) }
  const { value } = parsed
  const misfit = schema === undefined ? undefined : misfitOf(schema, value)
  if (schema === undefined ? asObject(value) !== undefined : misfit === undefined) return undefined
  // JSON inside of a JSON string: encoded once too often
  if (typeof value === 'string') {
    const isTwice = isContainer(parseJson(value)?.value)
    return { code: isTwice ? 'encoded' : 'ignored', expected: wanted, actual: show(text) }
  }
  if (!misfit) return { code: 'not-object', expected: wanted, actual: show(value) }
  const place = misfit.pointer === '' ? '' : `${misfit.pointer} `
  return { code: 'invalid', expected: `${place}${misfit.keyword}: ${misfit.expected}`, actual: show(value) }
}

/** White space outside of texts beyond what any indentation needs. */
export const isFlooded = (text: string): boolean => /[ \t\r\n]{200}/.test(text.replace(/"(?:[^"\\]|\\.)*"/g, '""'))

/** Words in which models decline, at the start of an answer that is no JSON. */
const apology = /^\s*(?:(?:i['’]m|i am) (?:sorry|afraid|unable)|sorry\b|i (?:can(?:no|['’])t|won['’]t|must decline)|unfortunately\b)/i

export const readsAsRefusal = (text: string): boolean => apology.test(text) && !/[{[]/.test(text)
