import type { JsonObject } from '../types.ts'

export const asObject = (value: unknown): JsonObject | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
export const asText = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The form in which servers tell of a failure in the middle of an answer: OpenAI's, older vLLM's, FastAPI's. */
export const failureOf = (json: unknown): unknown => {
  const value = asObject(json)
  if (!value) return undefined
  if (value.error !== undefined && value.error !== null && value.error !== '') return value.error
  if (value.type === 'error' || value.object === 'error') return value
  if (value.type === 'response.failed') return asObject(value.response)?.error ?? undefined
  if (value.choices !== undefined || typeof value.type === 'string') return undefined
  return typeof value.detail === 'string' || Array.isArray(value.detail) ? value : undefined
}

/** Text of a string, or of a list of typed parts. */
export const partsText = (content: unknown): string =>
  typeof content === 'string'
    ? content
    : asList(content)
        .map((part) => asText(part) || asText(asObject(part)?.text))
        .join('')

/** Whether a text is one whole JSON object or list. */
export const isWholeJson = (text: string): boolean => {
  try {
    return typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}
