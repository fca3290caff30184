/** What the configuration of OpenCode is read from. A real one is made in `read.ts`; tests write theirs down. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  /** The folder in which OpenCode would be started. */
  readonly cwd: string
  readonly platform: string
  readonly read: (file: string) => ReadResult
  /** Whether something of this name is there, a file or a folder. */
  readonly exists: (path: string) => boolean
}

export type ReadResult =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'denied'; readonly why: string /** What OpenCode does with it, where it can read it. */; readonly does?: string }

/** Where something is written. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** The way to a member of a configuration. */
export type Path = readonly string[]

export type Json = { readonly [member: string]: unknown }

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value at a path, as far as there are objects. */
export const at = (value: unknown, path: Path): unknown => {
  let found = value
  for (const name of path) {
    if (!isObject(found) || !Object.hasOwn(found, name)) return undefined
    found = found[name]
  }
  return found
}

export const textAt = (value: unknown, path: Path): string | undefined => {
  const found = at(value, path)
  return typeof found === 'string' ? found : undefined
}

export const showPlace = ({ file, line, column }: Place): string => (line === 0 ? file : `${file}:${line}:${column}`)
