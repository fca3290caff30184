import type { JsonPointer, Span } from '../types.ts'

/**
 * Where a member stands in JSON text: the span of `"name": value` for a member, of the value for an array element.
 * When the pointed-at place does not exist, the nearest existing ancestor is given.
 * @param text JSON, possibly behind `data: ` and other lines of an event
 * @returns undefined when the text holds no JSON that leads there
 */
export const memberSpan = (text: string, pointer: JsonPointer): Span | undefined => {
  const start = text.search(/[{[]/)
  if (start < 0) return undefined
  const tokens = pointer
    .split('/')
    .slice(1)
    .map((token) => token.replace(/~1/g, '/').replace(/~0/g, '~'))
  let span: Span = [start, valueEnd(text, start)]
  let value = start
  for (const token of tokens) {
    const child = findChild(text, value, token)
    if (!child) return span[0] === start ? undefined : span
    span = [child.from, child.to]
    value = child.value
  }
  return pointer === '' ? undefined : span
}

interface Child {
  readonly from: number
  readonly value: number
  readonly to: number
}

const findChild = (text: string, at: number, token: string): Child | undefined => {
  const isArray = text[at] === '['
  if (!isArray && text[at] !== '{') return undefined
  let position = skipSpace(text, at + 1)
  for (let index = 0; position < text.length && text[position] !== '}' && text[position] !== ']'; index++) {
    const from = position
    let name = String(index)
    if (!isArray) {
      const end = stringEnd(text, position)
      name = unquote(text.slice(position, end))
      position = skipSpace(text, skipSpace(text, end) + 1)
    }
    const to = valueEnd(text, position)
    if (name === token) return { from, value: position, to }
    if (to <= position) return undefined
    position = skipSpace(text, to)
    if (text[position] === ',') position = skipSpace(text, position + 1)
  }
  return undefined
}

const unquote = (quoted: string): string => {
  try {
    return JSON.parse(quoted) as string
  } catch {
    return quoted
  }
}

const skipSpace = (text: string, from: number): number => {
  let at = from
  while (at < text.length && ' \t\r\n'.includes(text[at] as string)) at++
  return at
}

const stringEnd = (text: string, from: number): number => {
  let at = from + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return Math.min(at + 1, text.length)
}

const valueEnd = (text: string, from: number): number => {
  let depth = 0
  let at = from
  while (at < text.length) {
    const char = text[at] as string
    if (char === '"') {
      at = stringEnd(text, at)
      if (depth === 0) return at
      continue
    }
    if (char === '{' || char === '[') depth++
    if (char === '}' || char === ']') {
      if (depth === 0) return withoutSpace(text, at)
      if (--depth === 0) return at + 1
    }
    if (depth === 0 && (char === ',' || char === '\n')) return withoutSpace(text, at)
    at++
  }
  return at
}

const withoutSpace = (text: string, to: number): number => {
  let at = to
  while (at > 0 && ' \t\r\n'.includes(text[at - 1] as string)) at--
  return at
}
