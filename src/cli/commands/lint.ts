import { load } from '../../index.ts'
import { loadOwn } from '../suites.ts'
import type { Terminal } from '../terminal.ts'

/** Checks suite files without running them; problems are thrown as SuiteError and printed with their places. */
export const lint = async ({ suite }: { readonly suite: readonly string[] }, { out }: Terminal): Promise<number> => {
  const loaded = loadOwn(suite, load())
  for (const { suite: own } of loaded) out(`${own.file}  ok: ${own.requirements.length} requirements, ${own.probes.length} probes\n`)
  return 0
}
