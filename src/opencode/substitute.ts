import { isAbsolute, join, resolve } from 'node:path'
import type { ReadResult } from './world.ts'

export interface Substitution {
  readonly kind: 'env' | 'file'
  /** The variable, or the path as written. */
  readonly name: string
  readonly value: string
  /** What was read, for files. */
  readonly file?: string
  /** Why there is no value. */
  readonly missing?: string
  /** What OpenCode does with a file that was not taken here. */
  readonly does?: string
  /** Where the token stands in the text as written. */
  readonly from: number
  readonly to: number
}

export interface Substituted {
  readonly text: string
  readonly substitutions: readonly Substitution[]
  /** The place in the text as written of a place in the text as parsed; inside a substituted value, that of its token. */
  readonly original: (offset: number, end?: boolean) => number
}

export interface SubstituteInput {
  readonly text: string
  readonly folder: string
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly read: (file: string) => ReadResult
}

interface Piece {
  readonly at: number
  readonly size: number
  readonly from: number
  readonly to: number
}

type Back = (offset: number, end?: boolean) => number

/** Replaces tokens and remembers where the pieces came from. */
const replaceTokens = (
  text: string,
  token: RegExp,
  value: (match: RegExpExecArray) => string | undefined,
): { readonly text: string; readonly back: Back } => {
  const parts: string[] = []
  const pieces: Piece[] = []
  let read = 0
  let size = 0
  for (const match of text.matchAll(token)) {
    const given = value(match)
    if (given === undefined) continue
    size += match.index - read
    parts.push(text.slice(read, match.index), given)
    read = match.index + match[0].length
    pieces.push({ at: size, size: given.length, from: match.index, to: read })
    size += given.length
  }
  parts.push(text.slice(read))
  return { text: parts.join(''), back: (offset, end = false) => backThrough(pieces, offset, end) }
}

const backThrough = (pieces: readonly Piece[], offset: number, end: boolean): number => {
  let low = 0
  let high = pieces.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((pieces[middle]?.at ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  const piece = pieces[low - 1]
  if (!piece) return offset
  const inside = offset - piece.at
  if (inside < piece.size || (inside === 0 && !end)) return end && inside > 0 ? piece.to : piece.from
  return piece.to + inside - piece.size
}

/** A key has some hundred characters and a prompt some thousand; a log would be carried into every rule. */
const longestValue = 1024 * 1024

const noValue = (value: string): string | undefined =>
  value.length > longestValue ? `has ${value.length} characters, which is more than any value needs` : undefined

const escaped = (text: string): string => JSON.stringify(text).slice(1, -1)

/**
 * Puts the values of `{env:NAME}` and then of `{file:path}` into the text, before it is parsed. A variable is put in as it is,
 * an unset one as nothing; a file is trimmed and escaped. What a file holds is not searched again, so nothing goes round in circles.
 */
export const substitute = ({ text, folder, home, env, read }: SubstituteInput): Substituted => {
  const substitutions: Substitution[] = []
  const first = replaceTokens(text, /\{env:([^}]+)\}/g, (match) => {
    const name = match[1] ?? ''
    const value = env[name] || ''
    const span = { from: match.index, to: match.index + match[0].length }
    substitutions.push({
      kind: 'env',
      name,
      value,
      ...span,
      ...(value === '' ? { missing: env[name] === undefined ? 'not set' : 'empty' } : {}),
    })
    return value
  })
  const second = replaceTokens(first.text, /\{file:([^}]+)\}/g, (match) => {
    const line = first.text.slice(first.text.lastIndexOf('\n', match.index) + 1, match.index)
    if (line.trimStart().startsWith('//')) return undefined
    const name = match[1] ?? ''
    const path = name.startsWith('~/') ? join(home, name.slice(2)) : name
    const file = isAbsolute(path) ? path : resolve(folder, path)
    const found = read(file)
    const value = found.kind === 'text' ? found.text.trim() : ''
    const missing = found.kind === 'missing' ? 'does not exist' : found.kind === 'denied' ? `cannot be read: ${found.why}` : noValue(value)
    const span = { from: first.back(match.index), to: first.back(match.index + match[0].length, true) }
    const long = value.length > longestValue
    substitutions.push({
      kind: 'file',
      name,
      value: long ? '' : value,
      file,
      ...span,
      ...(missing === undefined ? {} : { missing }),
      ...(long ? { does: 'OpenCode takes the whole text of the file for the value.' } : {}),
      ...(found.kind === 'denied' && found.does !== undefined ? { does: found.does } : {}),
    })
    return missing === undefined ? escaped(value) : ''
  })
  return { text: second.text, substitutions, original: (offset, end) => first.back(second.back(offset, end), end) }
}
