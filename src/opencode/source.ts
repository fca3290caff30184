import { dirname } from 'node:path'
import type { Node } from 'jsonc-parser'
import type { Candidate } from './discover.ts'
import { createLookup, lineStarts, parsed, plainOf, position, unquoted } from './jsonc.ts'
import { type Substitution, substitute } from './substitute.ts'
import type { Json, Path, Place, ReadResult, World } from './world.ts'

/** A piece of configuration that was found and read. */
export interface Source {
  readonly level: string
  readonly file: string
  /** Undefined when it cannot be used; then there are failures. */
  readonly value: Json | undefined
  readonly failures: readonly Failure[]
  readonly substitutions: readonly Substitution[]
  readonly has: (path: Path) => boolean
  /** The place of a value, or of its nearest ancestor; with `key`, of the name of the member. */
  readonly place: (path: Path, key?: boolean) => Place
  /** A value as it is written, before anything was put in. */
  readonly raw: (path: Path) => string | undefined
  /** What was put into a value. */
  readonly within: (path: Path) => readonly Substitution[]
  readonly placeOf: (offset: number) => Place
}

/** Why OpenCode does not start with a source. */
export interface Failure {
  readonly kind: 'unreadable' | 'syntax' | 'file'
  readonly place: Place
  readonly message: string
  /** What OpenCode does about it, where it goes on. */
  readonly does?: string
  /** A value that was put in spoilt the text. */
  readonly through?: Substitution
}

/** Reads a candidate; undefined when there is nothing. */
export const readSource = (candidate: Candidate, world: World): Source | undefined => {
  const { level, file, inline } = candidate
  const found: ReadResult = inline === undefined ? world.read(file) : { kind: 'text', text: inline }
  if (found.kind === 'missing') return undefined
  if (found.kind === 'denied') {
    const place = { file, line: 0, column: 0 }
    return { ...empty(level, file), failures: [{ kind: 'unreadable', place, message: `${file} cannot be read: ${found.why}` }] }
  }
  return parseSource({ level, file, text: found.text, folder: inline === undefined ? dirname(file) : world.cwd }, world)
}

const empty = (level: string, file: string): Omit<Source, 'failures'> => ({
  level,
  file,
  value: undefined,
  substitutions: [],
  has: () => false,
  place: () => ({ file, line: 0, column: 0 }),
  raw: () => undefined,
  within: () => [],
  placeOf: () => ({ file, line: 0, column: 0 }),
})

interface Text {
  readonly level: string
  readonly file: string
  readonly text: string
  readonly folder: string
}

const parseSource = ({ level, file, text, folder }: Text, { home, env, read }: World): Source => {
  const { text: whole, substitutions, original } = substitute({ text, folder, home, env, read })
  const lines = lineStarts(text)
  const placeOf = (offset: number): Place => ({ file, ...position(lines, offset) })
  const { tree, errors } = parsed(whole)
  const missing = substitutions
    .filter(({ kind, missing }) => kind === 'file' && missing !== undefined)
    .map(({ name, file: target, missing, from, does }): Failure => {
      return {
        kind: 'file',
        place: placeOf(from),
        message: `{file:${name}} names ${target}, which ${missing}`,
        ...(does === undefined ? {} : { does }),
      }
    })
  const [error] = errors
  const syntax = (): readonly Failure[] => {
    if (!error || text.trim() === '') return []
    const from = original(error.offset)
    const to = original(error.offset + error.length, true)
    // the parser points at the beginning of a string, in which the token stands
    const through = substitutions.find((one) => one.kind === 'env' && /["\\\n\r]/.test(one.value) && one.to > from && one.from <= to)
    return [{ kind: 'syntax', place: placeOf(through?.from ?? from), message: error.message, ...(through ? { through } : {}) }]
  }
  const failures = [...missing, ...syntax()]
  const nodeAt = createLookup(tree)
  const spanOf = ({ offset, length }: Node) => [original(offset), original(offset + length, true)] as const
  return {
    level,
    file,
    value: failures.length > 0 ? undefined : ((tree ? plainOf(tree) : {}) as Json),
    failures,
    substitutions,
    has: (path) => nodeAt(path) !== undefined,
    place: (path, key = false) => {
      for (let length = path.length; length >= 0; length--) {
        const node = length === 0 ? tree : nodeAt(path.slice(0, length))
        if (!node) continue
        const shown = key || length < path.length ? (node.parent?.type === 'property' ? node.parent : node) : node
        return placeOf(original(shown.offset))
      }
      return placeOf(0)
    },
    raw: (path) => {
      const node = nodeAt(path)
      if (!node) return undefined
      const [from, to] = spanOf(node)
      const written = text.slice(from, to)
      return node.type === 'string' ? unquoted(written) : written
    },
    within: (path) => {
      const node = nodeAt(path)
      if (!node) return []
      const [from, to] = spanOf(node)
      return substitutions.filter((one) => one.from >= from && one.to <= to)
    },
    placeOf,
  }
}
