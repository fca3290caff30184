import type { ClientApi } from '../types.ts'
import type { Chosen } from './choose.ts'
import { startLabEndpoint } from './endpoint.ts'
import type { Observed } from './observed.ts'
import type { Program } from './programs.ts'
import type { Seen } from './result.ts'
import { askProgram } from './run-program.ts'
import { each } from './turns.ts'

/** Fewer than for one server of many turns: each turn starts a process. */
const jobs = 4

/** One turn of a program; no fault at all is the honest endpoint. */
export type Ask = (chosen: Chosen) => Promise<Observed>

export const askingProgram =
  (program: Program, folder: string, work: string): Ask =>
  async (chosen) => {
    const endpoint = await startLabEndpoint(chosen.fault === '' ? [] : [chosen.fault], [chosen.model], program.mostRequests)
    try {
      return await askProgram(folder, program, chosen, endpoint, work)
    } finally {
      await endpoint.close()
    }
  }

/** What of a choice concerns a program. */
export const forApis = (chosen: readonly Chosen[], apis: readonly ClientApi[]): readonly Chosen[] =>
  chosen.filter(({ api }) => apis.includes(api))

/** The page is published. */
const withoutPaths = (text: string): string => text.replaceAll(/(?:\/[\w.@-]+){2,}/g, '(path)')

const failsHonestly = async (ask: Ask, apis: readonly ClientApi[]): Promise<string | undefined> => {
  for (const api of apis) {
    const honest: Chosen = { fault: '', api, model: 'reference' }
    // the first start may be slow
    let observed = await ask(honest)
    if (observed.shape !== 'works') observed = await ask(honest)
    const { shape, error = '' } = observed
    if (shape !== 'works') return `it does not come off with the honest endpoint either (${api}): ${shape} ${withoutPaths(error)}`.trim()
  }
  return undefined
}

/** What a program does under each fault. @returns why it was not run, when it does not work without faults */
export const watchProgram = async (
  client: string,
  apis: readonly ClientApi[],
  chosen: readonly Chosen[],
  ask: Ask,
): Promise<readonly Seen[] | string> => {
  const reason = await failsHonestly(ask, apis)
  if (reason !== undefined) return reason
  const results: Seen[] = []
  const late: Chosen[] = []
  await each(forApis(chosen, apis), jobs, async (own) => {
    const observed = await ask(own)
    if (observed.shape === 'hangs' || observed.requests === 0) late.push(own)
    else results.push({ client, chosen: own, observed })
  })
  // on a busy machine a turn may only have been slow: once more, alone
  for (const own of late) results.push({ client, chosen: own, observed: await ask(own) })
  return results
}
