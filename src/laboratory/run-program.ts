import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Chosen } from './choose.ts'
import type { LabEndpoint } from './endpoint.ts'
import { binaryOf } from './install-program.ts'
import { nameProgramTurn } from './name-program-turn.ts'
import type { Observed } from './observed.ts'
import { isOver, waitingOn } from './patience.ts'
import type { Place, Program } from './programs.ts'

/** What a program may print before the rest is dropped. */
const mostPrinted = 32_000_000

export interface Ended {
  readonly stdout: string
  readonly stderr: string
  /** Null when it was ended. */
  readonly code: number | null
  readonly timedOut: boolean
  readonly ms: number
}

/** One turn in a home of its own, which is gone afterwards, as is everything that the program started. */
export const runProgram = async (folder: string, program: Program, chosen: Chosen, endpoint: LabEndpoint, work: string): Promise<Ended> => {
  const root = mkdtempSync(join(work, `${program.binary}-`))
  const inside = (name: string): string => {
    mkdirSync(join(root, name), { recursive: true })
    return join(root, name)
  }
  const home = inside('home')
  const place: Place = { home, url: endpoint.url, api: chosen.api, model: chosen.model }
  for (const [name, text] of Object.entries(program.files(place))) {
    inside(dirname(join('home', name)))
    writeFileSync(join(home, name), text, { mode: 0o700 })
  }
  const env = {
    PATH: [join(home, 'bin'), dirname(process.execPath), process.env.PATH ?? '/usr/bin:/bin'].join(delimiter),
    HOME: home,
    XDG_CONFIG_HOME: inside('config'),
    XDG_DATA_HOME: inside('data'),
    XDG_CACHE_HOME: inside('cache'),
    XDG_STATE_HOME: inside('state'),
    TMPDIR: inside('tmp'),
    ...program.env(place),
  }
  const waited = waitingOn(endpoint)
  // a group of its own, so that what the client starts ends with it
  const child = spawn(binaryOf(folder, program), program.args(place, program.prompt), {
    cwd: inside('project'),
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (part: string) => {
      if (printed[name].length < mostPrinted) printed[name] += part
    })
  let done = false
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
    child.once('error', () => resolve())
  })
  for (const event of ['exit', 'error'])
    child.once(event, () => {
      done = true
    })
  try {
    while (!done && !endpoint.isCapped() && !isOver(waited())) await wait(50)
    const timedOut = !done && !endpoint.isCapped()
    const ms = Math.round(waited().totalMs)
    const code = child.exitCode
    await endGroup(child)
    await Promise.race([closed, wait(2000)])
    return { ...printed, code, timedOut, ms }
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 3 })
  }
}

const signalGroup = (pid: number, signal: 'SIGTERM' | 'SIGKILL'): void => {
  try {
    process.kill(-pid, signal)
  } catch {
    // nobody is left
  }
}

const endGroup = async (child: ChildProcess): Promise<void> => {
  if (child.pid === undefined) return
  if (child.exitCode === null && child.signalCode === null) {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    signalGroup(child.pid, 'SIGTERM')
    await Promise.race([gone, wait(3000)])
  }
  signalGroup(child.pid, 'SIGKILL')
}

export const askProgram = async (
  folder: string,
  program: Program,
  chosen: Chosen,
  endpoint: LabEndpoint,
  work: string,
): Promise<Observed> => {
  const ended = await runProgram(folder, program, chosen, endpoint, work)
  return nameProgramTurn(program.read(ended.stdout), ended, endpoint)
}
