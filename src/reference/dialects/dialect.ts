import type { Bend, Json, Stages } from '../exchange.ts'
import { findBend } from '../find-bend.ts'
import { namedModels } from './names.ts'
import { failingStreams, forModels } from './parts.ts'
import { type Path, reachedAt } from './place.ts'

/** Which model of the reference endpoint answers behind a name. */
export type ModelKind = 'plain' | 'thinking' | 'embedding'

/** A vendor's way of being compatible: what is known of it, on top of the correct endpoint. */
export interface Dialect {
  readonly name: string
  /** One sentence. */
  readonly speaks: string
  /** The ids that are listed; the first one shows what the dialect is about. */
  readonly models: Readonly<Record<string, ModelKind>>
  /** One of `models` for a name that is not among them; without it such a name is unknown. */
  readonly maps?: (asked: string) => string | undefined
  /** Where the base URL ends, `/v1` unless said. */
  readonly base?: string
  /** What answers beside the list of models; the vendor is not known to have more. */
  readonly serves: readonly Path[]
  readonly bends?: readonly Stages[]
  /** The name whose streams break off, and how: the last event, made of the first chunk, and whether the sentinel follows. */
  readonly fails?: { readonly model: string; readonly as: (chunk: Json) => Json; readonly end: 'done' | 'nothing' }
}

/** A bend that exists for its own sake, as a part of a dialect. */
export const like = (name: string): Stages => findBend(name)

const failure = ({ fails }: Dialect): Stages[] => (fails ? [forModels([fails.model], failingStreams(fails.as, fails.end))] : [])

/** Everything that turns the correct endpoint into this dialect; names and places first, since the rest builds on them. */
export const bendsOf = (dialect: Dialect): Bend[] =>
  [reachedAt(dialect), namedModels(dialect), ...(dialect.bends ?? []), ...failure(dialect)].map((stages) => ({
    ...stages,
    name: dialect.name,
    bends: dialect.speaks,
  }))
