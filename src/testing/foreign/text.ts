import type { Dict } from './bend.ts'

/** A value as JSON text. */
export const q = (value: unknown): string => JSON.stringify(value)

/** The tokens of a text; joined again they are the text. A token never cuts a code point in two. */
export const tokens = (text: string): string[] => text.match(/\s?\S{1,4}|\s/gu) ?? []

/** The value as an object, or undefined. */
export function dict(value: unknown): Dict | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Dict) : undefined
}

/** The value as an array; empty when it is none. */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** The value as a string; empty when it is none. */
export function str(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The object without members that are null: null means "not set". */
export function withoutNulls(body: Dict): Dict {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null))
}

/** The text of a message content: a string, or parts of which each has a text. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content
  return list(content)
    .map((part) => str(dict(part)?.text ?? dict(part)?.refusal))
    .join('\n')
}

/** Cuts a list into groups of the given size. */
export function groups<T>(items: T[], size: number): T[][] {
  const out: T[][] = []
  for (let at = 0; at < items.length; at += size) out.push(items.slice(at, at + size))
  return out
}

/** An edit that replaces text. */
export const swap =
  (from: string | RegExp, to: string) =>
  (text: string): string =>
    text.replace(from, to)

/** The list with something put in before the given place. */
export function insert<T>(items: T[], at: number, ...more: T[]): T[] {
  return [...items.slice(0, at), ...more, ...items.slice(at)]
}
