import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { judge, load, loadTarget, plan as makePlan, record, replayClients, report } from '../index.ts'
import { startReference } from '../reference/server.ts'
import type { ClientReport, Report } from '../types.ts'

const builtins = load()
const key = 'sk-reference-123456'

/** A run against the reference endpoint, correct or bent, with what clients make of it. */
export const runWithClients = async (
  clients: readonly string[],
  fault?: { readonly name?: string; readonly model?: string },
  selectors: readonly string[] = [],
): Promise<Report & { readonly clients: readonly ClientReport[] }> => {
  const folder = mkdtempSync(join(tmpdir(), 'wirecheck-clients-'))
  const server = await startReference({ key, faults: fault?.name === undefined ? [] : [fault.name] })
  try {
    const model = fault?.model ?? 'reference'
    const input = {
      baseUrl: server.url,
      model,
      embeddingModel: 'reference-embedding',
      jobs: 4,
      timeoutIdleMs: 6000,
      timeoutHeadersMs: 6000,
    }
    const { target } = loadTarget({ ...input, apiKey: { env: 'KEY' } }, { KEY: key })
    const plan = makePlan({ suites: builtins.suites, selectors, profiles: [], catalog: builtins.catalog })
    const transcript = await record({ builtins, plan, target, file: join(folder, 'transcript.jsonl') })
    const replays = await replayClients(builtins, transcript, clients)
    const made = report(builtins, transcript, judge(builtins, transcript), { clients: replays })
    return { ...made, clients: made.clients ?? [] }
  } finally {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
