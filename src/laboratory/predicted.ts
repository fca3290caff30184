import { join } from 'node:path'
import { profileOf } from '../clients/replay.ts'
import type { Chosen } from './choose.ts'
import { askLibrary, libraries } from './libraries.ts'
import { installOpencode, startOpencode } from './opencode.ts'
import { predictTurn } from './predict.ts'
import type { Result } from './result.ts'
import { each, withEndpoints } from './turns.ts'

export const opencodeId = 'opencode-1.18'

/** Clients with a replay, whose predictions are put to the proof. */
export const predictedClients: readonly string[] = [...Object.keys(libraries), opencodeId]

/** Most of a turn is waiting, in the worst case for retries. */
const usualJobs = 8

export interface Run<Each> {
  readonly version: string
  readonly results: readonly Each[]
}

const runLibrary = async (client: string, chosen: readonly Chosen[], jobs: number): Promise<Run<Result>> => {
  const program = libraries[client]
  if (program === undefined) throw new Error(`no such library: ${client}`)
  const results: Result[] = []
  await withEndpoints(chosen, (cases) =>
    each(cases, jobs, async ([own, endpoint]) => {
      const observed = await askLibrary(program, own, endpoint)
      results.push({ client, chosen: own, observed, predicted: await predictTurn(endpoint.exchanges, client) })
    }),
  )
  const version = Object.entries(profileOf(client).packages)
    .map((each) => each.join('@'))
    .join(', ')
  return { version, results }
}

const runOpencode = async (chosen: readonly Chosen[], folder: string, work: string, jobs: number): Promise<Run<Result>> => {
  const installed = installOpencode(folder)
  if ('reason' in installed) throw new Error(installed.reason)
  const results: Result[] = []
  let version = ''
  await withEndpoints(chosen, async (cases) => {
    const client = await startOpencode(installed.binary, join(work, `${opencodeId}-${jobs}`), cases)
    version = `opencode ${client.version}`
    try {
      await each(cases, jobs, async ([own, endpoint]) => {
        const observed = await client.ask(own, endpoint)
        results.push({ client: opencodeId, chosen: own, observed, predicted: await predictTurn(endpoint.exchanges, opencodeId) })
      })
    } finally {
      await client.close()
    }
  })
  return { version, results }
}

/** Every fault shows in an answer, so a client that does not ask was not running. */
const asksAtAll = (results: readonly Result[]): boolean =>
  results.filter(({ observed }) => observed.requests === 0).length <= results.length / 2

export const runPredicted = async (client: string, chosen: readonly Chosen[], folder: string, work: string): Promise<Run<Result>> => {
  const run = (some: readonly Chosen[], jobs: number) =>
    client === opencodeId ? runOpencode(some, folder, work, jobs) : runLibrary(client, some, jobs)
  const { version, results } = await run(chosen, usualJobs)
  if (!asksAtAll(results)) throw new Error(`${client} sent no request in most of its turns, so nothing is known about it`)
  const late = results.filter(({ observed }) => observed.shape === 'hangs').map((result) => result.chosen)
  if (late.length === 0) return { version, results }
  // on a busy machine a turn may only have been slow: once more, alone
  const again = await run(late, 1)
  return { version, results: [...results.filter(({ observed }) => observed.shape !== 'hangs'), ...again.results] }
}
