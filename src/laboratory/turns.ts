import type { Chosen } from './choose.ts'
import { type LabEndpoint, startLabEndpoint } from './endpoint.ts'

/** Runs something for each of a list, so many at a time. */
export const each = async <T>(list: readonly T[], jobs: number, run: (item: T) => Promise<void>): Promise<void> => {
  const left = [...list]
  await Promise.all(
    Array.from({ length: jobs }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await run(item)
    }),
  )
}

/** An endpoint with the fault of each case, as long as they are used. */
export const withEndpoints = async (
  chosen: readonly Chosen[],
  use: (cases: readonly (readonly [Chosen, LabEndpoint])[]) => Promise<void>,
): Promise<void> => {
  const cases = await Promise.all(chosen.map(async (own) => [own, await startLabEndpoint([own.fault], [own.model])] as const))
  try {
    await use(cases)
  } finally {
    for (const [, endpoint] of cases) await endpoint.close()
  }
}
