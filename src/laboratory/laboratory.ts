import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { profileOf } from '../clients/replay.ts'
import causes from './causes.json' with { type: 'json' }
import { type Chosen, relevantFaults, sampleOf } from './choose.ts'
import { type LabEndpoint, startLabEndpoint } from './endpoint.ts'
import { askLibrary, libraries } from './libraries.ts'
import { installOpencode, startOpencode } from './opencode.ts'
import { predictTurn } from './predict.ts'
import { agreementPage, misses } from './report.ts'
import { agreementOf, percent, type Result } from './result.ts'

const bar = 0.98
const opencodeId = 'opencode-1.18'
/** Most of a turn is waiting, in the worst case for retries. */
const jobs = 8

export interface LaboratoryOptions {
  readonly root: string
  /** So many faults instead of all of them; then no page is written. */
  readonly sample?: number
  /** Starts this program once more, inside a network namespace. */
  readonly again: readonly string[]
}

/** What an isolated child is told by the process that started it. */
const insideName = 'WIRECHECK_LABORATORY'

const canIsolate = (): boolean =>
  spawnSync('unshare', ['-rn', 'sh', '-c', 'ip link set lo up'], { stdio: 'ignore', timeout: 10_000 }).status === 0

/** @returns the exit code */
export const laboratory = async (options: LaboratoryOptions): Promise<number> => {
  const folder = join(options.root, 'node_modules/.cache/wirecheck/laboratory')
  const inside = process.env[insideName]
  if (inside !== undefined) return runAll(options, folder, inside === 'isolated')
  const installed = installOpencode(folder)
  if ('reason' in installed) {
    console.log(`SKIPPED: OpenCode could not be installed, so no client was run: ${installed.reason}`)
    return options.sample === undefined ? 1 : 0
  }
  const isolated = canIsolate()
  if (!isolated) console.log('NOT ISOLATED: no network namespace can be made here; the clients could reach the network.')
  const [program, ...args] = isolated
    ? ['unshare', '-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...options.again]
    : options.again
  const { status } = spawnSync(program as string, args, {
    stdio: 'inherit',
    env: { ...process.env, [insideName]: isolated ? 'isolated' : 'open' },
  })
  return status ?? 1
}

const choose = (sample: number | undefined): readonly Chosen[] => {
  const all = [...relevantFaults('chat'), ...relevantFaults('responses')]
  return sample === undefined ? all : sampleOf(all, sample)
}

const runAll = async ({ root, sample }: LaboratoryOptions, folder: string, isolated: boolean): Promise<number> => {
  const chosen = choose(sample)
  const work = mkdtempSync(join(tmpdir(), 'wirecheck-laboratory-'))
  const results: Result[] = []
  const versions: Record<string, string> = {}
  try {
    for (const [client, program] of Object.entries(libraries)) {
      versions[client] = Object.entries(profileOf(client).packages)
        .map((each) => each.join('@'))
        .join(', ')
      await withEndpoints(chosen, async (cases) => {
        await each(cases, async ([own, endpoint]) => {
          const observed = await askLibrary(program, own, endpoint)
          results.push({ client, chosen: own, observed, predicted: await predictTurn(endpoint.exchanges, client) })
        })
      })
    }
    const installed = installOpencode(folder)
    if ('reason' in installed) throw new Error(installed.reason)
    await withEndpoints(chosen, async (cases) => {
      const client = await startOpencode(installed.binary, work, cases)
      versions[opencodeId] = `opencode ${client.version}`
      try {
        await each(cases, async ([own, endpoint]) => {
          const observed = await client.ask(own, endpoint)
          results.push({ client: opencodeId, chosen: own, observed, predicted: await predictTurn(endpoint.exchanges, opencodeId) })
        })
      } finally {
        await client.close()
      }
    })
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return conclude(root, results, versions, isolated, sample === undefined)
}

const withEndpoints = async (
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

const each = async <T>(list: readonly T[], run: (item: T) => Promise<void>): Promise<void> => {
  const left = [...list]
  await Promise.all(
    Array.from({ length: jobs }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await run(item)
    }),
  )
}

const conclude = (
  root: string,
  results: readonly Result[],
  versions: Readonly<Record<string, string>>,
  isolated: boolean,
  isWhole: boolean,
): number => {
  const sorted = [...results].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
  const agreements = [opencodeId, ...Object.keys(libraries)].map((client) => agreementOf(client, sorted))
  for (const { client, chosen, predicted, observed } of sorted)
    if (client === opencodeId)
      console.log(
        [client, chosen.api, chosen.fault, `predicted ${predicted.shape} (${predicted.symptom})`, `observed ${observed.shape}`].join('  '),
      )
  console.log()
  for (const { client, chosen, predicted, observed } of misses(sorted))
    console.log(
      `MISS  ${client} ${chosen.api} ${chosen.fault}: predicted ${predicted.shape} (${predicted.symptom}), observed ${observed.shape} ${observed.error ?? ''}`,
    )
  for (const { client, faults, right, same } of agreements)
    console.log(`${client}: ${right} of ${faults} agree, ${percent(right, faults)}; same shape ${percent(same, faults)}`)
  const page = join(root, 'reports/clients/agreement.md')
  if (isWhole) {
    mkdirSync(dirname(page), { recursive: true })
    const date = new Date().toISOString().slice(0, 10)
    writeFileSync(page, agreementPage({ results: sorted, agreements, versions, date, isolated, causes }))
  }
  const file = join(root, 'node_modules/.cache/wirecheck/laboratory/results.json')
  writeFileSync(file, JSON.stringify(sorted))
  return agreements.every(({ right, faults }) => faults > 0 && right / faults >= bar) ? 0 : 1
}

const keyOf = ({ client, chosen }: Result): string => `${client} ${chosen.api} ${chosen.fault}`
