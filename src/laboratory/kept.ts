import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Result, Seen } from './result.ts'

/** What all turns of one client gave, kept so that clients can be run one by one. */
export interface Kept<Each extends Seen = Seen> {
  readonly version: string
  readonly date: string
  readonly isolated: boolean
  readonly results: readonly Each[]
}

const fileOf = (folder: string, client: string): string => join(folder, 'results', `${client}.json`)

export const keep = (folder: string, client: string, kept: Kept): void => {
  const file = fileOf(folder, client)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(kept))
}

const read = (folder: string, client: string): unknown => {
  try {
    return JSON.parse(readFileSync(fileOf(folder, client), 'utf8'))
  } catch {
    return undefined
  }
}

export const keptOf = (folder: string, client: string): Kept | undefined => read(folder, client) as Kept | undefined

/** The same for a client with a replay, whose results say what was predicted. */
export const keptResultsOf = (folder: string, client: string): Kept<Result> | undefined => read(folder, client) as Kept<Result> | undefined
