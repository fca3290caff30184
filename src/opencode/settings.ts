import { type Candidate, candidates, type Stray, strays, type Unread, unreadPlaces } from './discover.ts'
import { mergeDeep } from './merge.ts'
import type { Remote } from './remote.ts'
import { type Auth, readAuth } from './settings-auth.ts'
import { readSource, type Source } from './source.ts'
import { isObject, type Json, type Path, type Place, type World } from './world.ts'

/** Everything that OpenCode would have read, and what it amounts to. */
export interface Settings {
  /** Weakest first. */
  readonly sources: readonly Source[]
  readonly value: Json
  readonly strays: readonly Stray[]
  readonly auth: Auth
  /** What OpenCode reads and was not read here. */
  readonly unread: readonly Unread[]
  readonly env: World['env']
  /** The strongest source that has a value. */
  readonly origin: (path: Path) => Source | undefined
  readonly place: (path: Path, key?: boolean) => Place
  /** All sources that have a value, weakest first. */
  readonly origins: (path: Path) => readonly Source[]
}

/** What an administrator or a variable gives is read without the tokens of hosts. */
const knowsTokens = ({ level, inline }: Candidate): boolean => level === wellKnownLevel || (inline === undefined && level !== 'managed')

const wellKnownLevel = '.well-known'

/** Reads the configuration in the order of OpenCode 1.18; later sources win, member by member. */
export const readSettings = (world: World, remotes: readonly Remote[] = []): Settings => {
  const auth = readAuth(world)
  const withTokens = {
    ...world,
    env: { ...world.env, ...Object.fromEntries(auth.wellKnown.map(({ variable, token }) => [variable, token])) },
  }
  const remote = remotes.flatMap(({ file, text }) => (text === undefined ? [] : [{ level: wellKnownLevel, file, inline: text }]))
  const sources = [...remote, ...candidates(world)].flatMap(
    (candidate) => readSource(candidate, knowsTokens(candidate) ? withTokens : world) ?? [],
  )
  const origins = (path: Path) => sources.filter((source) => source.has(path))
  const origin = (path: Path) => sources.findLast((source) => source.has(path))
  return {
    sources,
    value: sources.reduce<Json>((merged, { value }) => (isObject(value) ? mergeDeep(merged, value) : merged), {}),
    strays: strays(world),
    auth,
    unread: [...auth.wellKnown.flatMap(({ file }) => notHad(file, remotes)), ...unreadPlaces(world)],
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

const notHad = (file: string, remotes: readonly Remote[]): readonly Unread[] => {
  const remote = remotes.find((each) => each.file === file)
  if (remote && remote.problem === undefined) return []
  return [{ file, why: remote?.problem ?? 'it takes the network', sure: true }]
}
