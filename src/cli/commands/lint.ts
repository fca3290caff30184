import { load } from '../../index.ts'
import { loadOwn } from '../suites.ts'
import type { Terminal } from '../terminal.ts'

/** Checks suite files without running them; problems are thrown as SuiteError and printed with their places. */
export const lint = async ({ suite }: { readonly suite: readonly string[] }, { out }: Terminal): Promise<number> => {
  const loaded = loadOwn(suite, load())
  for (const { suite: own } of loaded) out(`${own.file}  ok: requirements ${own.requirements.length}, probes ${own.probes.length}\n`)
  return 0
}
