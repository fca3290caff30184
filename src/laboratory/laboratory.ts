import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { deviationsId } from './deviation-run.ts'
import { installProgram, isInstalled } from './install-program.ts'
import { installOpencode } from './opencode.ts'
import { opencodeId, predictedClients } from './predicted.ts'
import { programs } from './programs.ts'
import { type Order, runClients } from './run-clients.ts'

export interface LaboratoryOptions {
  readonly root: string
  /** So many faults instead of all of them; then nothing is kept and no page is written. */
  readonly sample?: number
  /** Only these clients; absent: all. An empty list writes the page anew from what is kept. */
  readonly clients?: readonly string[]
  /** Starts this program once more, inside a network namespace. */
  readonly again: readonly string[]
}

/** Where an isolated child finds what the process that started it has found out. */
const orderName = 'WIRECHECK_LABORATORY'

const canIsolate = (): boolean =>
  spawnSync('unshare', ['-rn', 'sh', '-c', 'ip link set lo up'], { stdio: 'ignore', timeout: 10_000 }).status === 0

/** A sample takes along what is there, and installs nothing for it. */
const wantedClients = ({ sample, clients }: LaboratoryOptions, folder: string): readonly string[] =>
  clients ?? [
    ...predictedClients,
    ...Object.entries(programs).flatMap(([id, program]) => (sample === undefined || isInstalled(join(folder, id), program) ? [id] : [])),
  ]

/** @returns the exit code */
export const laboratory = async (options: LaboratoryOptions): Promise<number> => {
  const folder = join(options.root, 'node_modules/.cache/wirecheck/laboratory')
  const order = process.env[orderName]
  if (order !== undefined) return runClients(options.root, folder, options.sample, JSON.parse(order) as Order)
  const wanted = wantedClients(options, folder)
  const stranger = wanted.find((client) => ![...predictedClients, deviationsId].includes(client) && programs[client] === undefined)
  if (stranger !== undefined) {
    console.log(`There is no client ${stranger}. There are ${[...predictedClients, ...Object.keys(programs), deviationsId].join(', ')}.`)
    return 1
  }
  if (wanted.includes(opencodeId) || wanted.includes(deviationsId)) {
    const installed = installOpencode(folder)
    if ('reason' in installed) {
      console.log(`SKIPPED: OpenCode could not be installed, so no client was run: ${installed.reason}`)
      return options.sample === undefined ? 1 : 0
    }
  }
  const notRun: Record<string, string> = {}
  for (const client of wanted) {
    const reason = programs[client] && installProgram(join(folder, client), programs[client])
    if (reason !== undefined) notRun[client] = reason
  }
  const isolated = canIsolate()
  if (!isolated) console.log('NOT ISOLATED: no network namespace can be made here; the clients could reach the network.')
  const [program, ...args] = isolated
    ? ['unshare', '-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...options.again]
    : options.again
  const { status } = spawnSync(program as string, args, {
    stdio: 'inherit',
    env: { ...process.env, [orderName]: JSON.stringify({ isolated, clients: wanted, notRun } satisfies Order) },
  })
  return status ?? 1
}
