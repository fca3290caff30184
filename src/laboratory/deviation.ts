import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { ClientApi } from '../types.ts'
import type { Shape } from './observed.ts'

/** One answer of a server that deviates. What is left out is as it should be. */
export interface Answer {
  readonly status?: number
  readonly reason?: string
  /** Added to the usual ones, or in their place; null leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>
  /** `@name` stands for an event of a good answer, `!` for raw lines; anything else is data. */
  readonly events?: readonly string[]
  /** Members for every event of a good answer. */
  readonly every?: object
  /** In place of events; an object as JSON. */
  readonly body?: string | object
  readonly between?: string
  readonly before?: string
  /** Characters are bytes. */
  readonly latin1?: boolean
  readonly coding?: 'gzip' | 'deflate' | 'deflate-raw' | 'br'
  /** Bytes that are left out at the end of what was coded. */
  readonly cut?: number
  /** Behind what was coded. */
  readonly behind?: string
  /** Bytes in each write; else there is one for each event. */
  readonly pieces?: number
  readonly framing?: 'chunked' | 'length' | 'close'
  /** Added to the Content-Length. */
  readonly length?: number
  readonly trailers?: string
  /** Answers before this one, as text. */
  readonly interim?: string
  /** Everything, from the status line on. */
  readonly raw?: string
  readonly waitMs?: number
  readonly gapMs?: number
  readonly holdMs?: number
  /** `cut`: the connection ends before the body does; `reset`: it breaks. */
  readonly end?: 'cut' | 'reset'
}

/** Events alone, an answer, or what is answered one time after the other; the last one stays. */
export type Said = readonly string[] | Answer | { readonly tries: readonly Said[] }

export interface Deviation {
  /** The name of its file, and its own. */
  readonly name: string
  readonly api: ClientApi
  /** The answer to the question, which should be one call of `bash`. */
  readonly call?: Said
  /** The answer to the result of the tool, and to every request without tools. */
  readonly text?: Said
  /** How many calls the model meant; 1 unless said. */
  readonly calls?: number
  /** What OpenCode did in the laboratory. */
  readonly observed: Shape
  /** What the replay says, where it knowingly says something else, or nothing, and why it cannot know. */
  readonly foretold?: Shape | 'unknown'
  readonly why?: string
}

type Rows = Readonly<Record<ClientApi, Readonly<Record<string, Omit<Deviation, 'name' | 'api'>>> | undefined>>

/** Every deviation of a folder, by file and place. */
export const readDeviations = (folder: string): readonly Deviation[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => {
      const rows = parse(readFileSync(join(folder, file), 'utf8')) as Rows
      return (['chat', 'responses'] as const).flatMap((api) =>
        Object.entries(rows[api] ?? {}).map(([name, row]) => ({ ...row, name: `${file.slice(0, -5)}-${name}`, api })),
      )
    })

/** What is answered at one place, one time after the other. */
export const answersOf = (said: Said | undefined): readonly Answer[] => {
  if (said === undefined) return [{}]
  if (isEvents(said)) return [{ events: said }]
  return 'tries' in said ? said.tries.flatMap(answersOf) : [said]
}

const isEvents = (said: Said): said is readonly string[] => Array.isArray(said)
