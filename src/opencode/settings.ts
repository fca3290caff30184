import { authFile, candidates, type Stray, strays } from './discover.ts'
import { mergeDeep } from './merge.ts'
import { readSource, type Source } from './source.ts'
import { isObject, type Json, type Path, type Place, textAt, type World } from './world.ts'

/** Everything that OpenCode would have read, and what it amounts to. */
export interface Settings {
  /** Weakest first. */
  readonly sources: readonly Source[]
  readonly value: Json
  readonly strays: readonly Stray[]
  readonly auth: Auth
  readonly env: World['env']
  /** The strongest source that has a value. */
  readonly origin: (path: Path) => Source | undefined
  readonly place: (path: Path, key?: boolean) => Place
  /** All sources that have a value, weakest first. */
  readonly origins: (path: Path) => readonly Source[]
}

export interface Auth {
  /** The file, or the variable that stands for it. */
  readonly from: string
  readonly keys: Readonly<Record<string, { readonly type: string; readonly key?: string }>>
  readonly problem?: string
}

/** Reads the configuration in the order of OpenCode 1.18; later sources win, member by member. */
export const readSettings = (world: World): Settings => {
  const sources = candidates(world).flatMap((candidate) => readSource(candidate, world) ?? [])
  const origins = (path: Path) => sources.filter((source) => source.has(path))
  const origin = (path: Path) => sources.findLast((source) => source.has(path))
  return {
    sources,
    value: sources.reduce<Json>((merged, { value }) => (isObject(value) ? mergeDeep(merged, value) : merged), {}),
    strays: strays(world),
    auth: readAuth(world),
    env: world.env,
    origin,
    origins,
    place: (path, key) => {
      for (let length = path.length; length > 0; length--) {
        const found = origin(path.slice(0, length))
        if (found) return found.place(path, key)
      }
      return { file: sources.at(-1)?.file ?? 'opencode.json', line: 0, column: 0 }
    },
  }
}

const readAuth = (world: World): Auth => {
  const inline = world.env.OPENCODE_AUTH_CONTENT
  const from = inline ? 'OPENCODE_AUTH_CONTENT' : authFile(world)
  const found = inline ? ({ kind: 'text', text: inline } as const) : world.read(from)
  if (found.kind === 'missing') return { from, keys: {} }
  if (found.kind === 'denied') return { from, keys: {}, problem: `${from} cannot be read: ${found.why}` }
  try {
    const value: unknown = JSON.parse(found.text)
    if (!isObject(value)) return { from, keys: {}, problem: `${from} is no JSON object` }
    const keys = Object.entries(value).flatMap(([id, entry]) => {
      if (!isObject(entry)) return []
      const key = textAt(entry, ['key']) ?? textAt(entry, ['access'])
      return [[id, { type: textAt(entry, ['type']) ?? 'api', ...(key === undefined ? {} : { key }) }] as const]
    })
    return { from, keys: Object.fromEntries(keys) }
  } catch {
    return { from, keys: {}, problem: `${from} is not valid JSON` }
  }
}
