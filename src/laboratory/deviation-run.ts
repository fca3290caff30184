import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Deviation, readDeviations } from './deviation.ts'
import { startDeviatingEndpoint } from './deviation-endpoint.ts'
import { deviationsPage } from './deviation-report.ts'
import { foretell } from './deviation-turn.ts'
import type { Shape } from './observed.ts'
import { installOpencode, startOpencode } from './opencode.ts'
import type { Predicted } from './predict.ts'
import { each } from './turns.ts'

/** The name under which they are asked for, as if they were a client. */
export const deviationsId = 'deviations'

/** Most of a turn is waiting. */
const jobs = 12
/** So many at a time of one client, which remembers every turn. */
const batch = 300

export const folderOf = (root: string): string => join(root, 'src/laboratory/deviations')

/** A row of the page: what is written down, what was seen today, and what the replay says. */
export interface DeviationSeen {
  readonly deviation: Deviation
  readonly seen: Shape
  readonly told: Predicted
}

const runBatch = async (binary: string, work: string, deviations: readonly Deviation[]): Promise<readonly DeviationSeen[]> => {
  const results: DeviationSeen[] = []
  const cases = await Promise.all(
    deviations.map(
      async (deviation) =>
        [{ fault: deviation.name, api: deviation.api, model: 'm', deviation }, await startDeviatingEndpoint(deviation)] as const,
    ),
  )
  const client = await startOpencode(binary, work, cases)
  try {
    await each(cases, jobs, async ([chosen, endpoint]) => {
      const { shape } = await client.ask(chosen, endpoint)
      results.push({ deviation: chosen.deviation, seen: shape, told: await foretell(chosen.deviation, 'opencode-1.18') })
    })
  } finally {
    await client.close()
    for (const [, endpoint] of cases) await endpoint.close()
  }
  return results
}

/** Measures OpenCode against every deviation once more, and writes the page about them. @returns whether all are as written down */
export const runDeviations = async (root: string, folder: string, work: string): Promise<boolean> => {
  const installed = installOpencode(folder)
  if ('reason' in installed) throw new Error(installed.reason)
  const deviations = readDeviations(folderOf(root))
  const results: DeviationSeen[] = []
  for (let from = 0; from < deviations.length; from += batch)
    results.push(...(await runBatch(installed.binary, join(work, String(from)), deviations.slice(from, from + batch))))
  const changed = results.filter(({ deviation, seen }) => seen !== deviation.observed)
  for (const { deviation, seen } of changed)
    console.log(`CHANGED  ${deviation.api} ${deviation.name}: written down ${deviation.observed}, seen ${seen}`)
  const page = join(root, 'reports/clients/deviations.md')
  mkdirSync(dirname(page), { recursive: true })
  writeFileSync(page, deviationsPage(results))
  console.log(`${results.length - changed.length} of ${results.length} deviations did what is written down of them`)
  return changed.length === 0
}
