import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const preload = fileURLToPath(new URL('./bench/report-cpu.cjs', import.meta.url))

export interface Cost {
  readonly cpuMs: number
  readonly peakBytes: number
}

/** Runs a script of Node's in a process of its own and returns what it cost, start and end included. */
export const costOf = (script: string, args: readonly string[] = []): Promise<Cost> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['-r', preload, script, ...args], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stdio[3]?.on('data', (data: Buffer) => {
      said += data.toString()
    })
    child.on('close', () => (said === '' ? reject(new Error(`${script} said nothing`)) : resolve(JSON.parse(said) as Cost)))
  })

export interface Served {
  readonly url: string
  readonly stop: () => void
}

/** Starts a server script that prints its URL and ends when its input ends. */
export const serve = async (script: string, args: readonly string[] = []): Promise<Served> => {
  const child: ChildProcess = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: child.stdout as NonNullable<ChildProcess['stdout']> })) {
    return { url: line, stop: () => child.stdin?.end() }
  }
  throw new Error(`${script} ended before it listened`)
}

/** CPU of this process while `work` runs, in milliseconds. */
export const cpuOf = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

export const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
