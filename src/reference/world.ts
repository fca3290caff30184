import type { Bend } from './exchange.ts'
import type { StoredResponse } from './responses-state.ts'

/** Everything that one running endpoint knows. */
export interface World {
  readonly models: readonly string[]
  readonly key: string | null
  readonly latencyMs: number
  readonly tokensPerSecond: number
  readonly bends: readonly Bend[]
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly stored: Map<string, StoredResponse>
  /** Counters behind the ids: the same requests in the same order get the same ids. */
  readonly counters: Map<string, number>
  readonly memory: Map<string, unknown>
}

export interface WorldOptions {
  readonly models?: readonly string[]
  readonly key?: string | null
  readonly latencyMs?: number
  readonly tokensPerSecond?: number
  readonly bends?: readonly Bend[]
  readonly now?: () => number
}

export const newWorld = (options: WorldOptions = {}): World => ({
  models: options.models ?? ['reference', 'reference-thinking', 'reference-embedding'],
  key: options.key ?? null,
  latencyMs: options.latencyMs ?? 0,
  tokensPerSecond: options.tokensPerSecond ?? 0,
  bends: options.bends ?? [],
  now: options.now ?? Date.now,
  stored: new Map(),
  counters: new Map(),
  memory: new Map(),
})

/** The next id of a kind: `chatcmpl-000000000001`. */
export const nextId = (world: World, prefix: string): string => {
  const count = (world.counters.get(prefix) ?? 0) + 1
  world.counters.set(prefix, count)
  return `${prefix}${String(count).padStart(12, '0')}`
}

export const seconds = (world: World): number => Math.floor(world.now() / 1000)

export const thinks = (model: string): boolean => model.includes('thinking')

/** How long the model takes to say so many tokens. */
export const speakingMs = (world: World, tokens: number): number =>
  world.latencyMs + (world.tokensPerSecond > 0 ? (tokens * 1000) / world.tokensPerSecond : 0)
