import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Chosen } from './choose.ts'
import { type LabEndpoint, repeatsOf } from './endpoint.ts'
import { nameTurn, type Observed } from './observed.ts'
import { isOver, longMs, waitingOn } from './patience.ts'
import { prompt } from './prompt.ts'

export const opencodePackage = 'opencode-linux-x64@1.18.33'

/** Installs the binary, once, outside of the project's own dependencies. @returns its path, or why there is none */
export const installOpencode = (folder: string): { readonly binary: string } | { readonly reason: string } => {
  const binary = join(folder, 'node_modules/opencode-linux-x64/bin/opencode')
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { reason: `the package is for linux-x64, this is ${process.platform}-${process.arch}` }
  try {
    if (!existsSync(binary)) {
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
      const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent', '--fetch-retries=1']
      execFileSync('npm', ['install', ...flags, '--prefix', folder, opencodePackage], { cwd: folder, timeout: 120_000, stdio: 'pipe' })
    }
    execFileSync(binary, ['--version'], { timeout: 60_000, stdio: 'pipe', env: { PATH: process.env.PATH, HOME: folder } })
    return { binary }
  } catch (error) {
    return { reason: (error instanceof Error ? error.message : String(error)).split('\n')[0] as string }
  }
}

export interface Opencode {
  readonly version: string
  readonly ask: (chosen: Chosen, endpoint: LabEndpoint) => Promise<Observed>
  readonly close: () => Promise<void>
}

const packages = { chat: '@ai-sdk/openai-compatible', responses: '@ai-sdk/openai' } as const
export const providerOf = ({ api, fault }: Chosen): string => `${api}-${fault}`

const configOf = (cases: readonly (readonly [Chosen, LabEndpoint])[]): object => ({
  permission: { '*': 'allow' },
  provider: Object.fromEntries(
    cases.map(([chosen, { url }]) => [
      providerOf(chosen),
      {
        npm: packages[chosen.api],
        name: providerOf(chosen),
        options: { baseURL: url, apiKey: 'laboratory', headerTimeout: 3000, chunkTimeout: 3000 },
        models: { [chosen.model]: { name: chosen.model } },
      },
    ]),
  ),
})

interface Message {
  readonly info: { readonly role: string; readonly error?: { readonly name: string; readonly data?: { readonly message?: string } } }
  readonly parts: readonly {
    readonly type: string
    readonly tool?: string
    readonly text?: string
    readonly state?: { readonly status: string }
  }[]
}

/** One server for all faults: every fault is a provider of its own. */
export const startOpencode = async (
  binary: string,
  folder: string,
  cases: readonly (readonly [Chosen, LabEndpoint])[],
): Promise<Opencode> => {
  const inside = (name: string): string => {
    mkdirSync(join(folder, name), { recursive: true })
    return join(folder, name)
  }
  const env = {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    HOME: inside('home'),
    XDG_CONFIG_HOME: inside('config'),
    XDG_DATA_HOME: inside('data'),
    XDG_CACHE_HOME: inside('cache'),
    XDG_STATE_HOME: inside('state'),
    TMPDIR: inside('tmp'),
    OPENCODE_CONFIG: join(folder, 'config.json'),
    OPENCODE_DISABLE_MODELS_FETCH: '1',
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_SHARE: '1',
    OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
    OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
  }
  writeFileSync(env.OPENCODE_CONFIG, JSON.stringify(configOf(cases)))
  const version = execFileSync(binary, ['--version'], { env, encoding: 'utf8', timeout: 60_000 }).trim()
  const { child, url } = await boot(binary, inside('project'), env)
  const request = async (method: string, path: string, body?: object, ms = 20_000): Promise<unknown> => {
    const answer = await fetch(url + path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(ms),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${(await answer.text()).slice(0, 200)}`)
    return answer.json()
  }
  const ask = async (chosen: Chosen, endpoint: LabEndpoint): Promise<Observed> => {
    const { id } = (await request('POST', '/session', { title: providerOf(chosen) })) as { id: string }
    const waited = waitingOn(endpoint)
    let done = false
    let failed: string | undefined
    const model = { providerID: providerOf(chosen), modelID: chosen.model }
    const turn = request('POST', `/session/${id}/message`, { model, parts: [{ type: 'text', text: prompt }] }, longMs + 10_000)
      .catch((error: unknown) => {
        failed = String(error)
      })
      .finally(() => {
        done = true
      })
    while (!done && !endpoint.isCapped() && !isOver(waited())) await wait(100)
    const ms = Math.round(waited().totalMs)
    const timedOut = !done && !endpoint.isCapped()
    if (!done) {
      await request('POST', `/session/${id}/abort`).catch(() => undefined)
      await Promise.race([turn, wait(5000)])
    }
    const messages = (await request('GET', `/session/${id}/message`)) as readonly Message[]
    const own = messages.filter(({ info }) => info.role === 'assistant')
    const parts = own.flatMap((message) => message.parts)
    const states = parts.flatMap(({ state, type, tool }) =>
      // a call that cannot be made is turned into one of this tool, which tells the model so
      type === 'tool' && state ? [tool === 'invalid' ? 'error' : state.status] : [],
    )
    const error = own.findLast(({ info }) => info.error !== undefined)?.info.error
    const told = error ? (error.data?.message ?? error.name) : timedOut ? undefined : failed
    return nameTurn({
      requests: endpoint.exchanges.length,
      repeated: repeatsOf(endpoint),
      capped: endpoint.isCapped(),
      timedOut,
      ms,
      ...(told === undefined ? {} : { error: told }),
      text:
        own
          .at(-1)
          ?.parts.map((part) => (part.type === 'text' ? (part.text ?? '') : ''))
          .join('') ?? '',
      toolsDone: states.filter((status) => status === 'completed').length,
      toolsFailed: states.filter((status) => status !== 'completed').length,
      spoken: endpoint.spoken.reduce((sum, calls) => sum + calls, 0),
    })
  }
  return { version, ask, close: () => end(child) }
}

const boot = async (binary: string, cwd: string, env: NodeJS.ProcessEnv): Promise<{ child: ChildProcess; url: string }> => {
  // a group of its own, so that what the client starts ends with it
  const child = spawn(binary, ['serve', '--hostname', '127.0.0.1', '--port', '0'], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (part: Buffer) => {
      said = (said + part.toString('utf8')).slice(-4000)
    })
  const deadline = performance.now() + 60_000
  while (performance.now() < deadline) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0]
    // a request that comes while it boots may hang for good
    const isUp =
      url &&
      (await fetch(`${url}/config`, { signal: AbortSignal.timeout(3000) }).then(
        ({ ok }) => ok,
        () => false,
      ))
    if (url && isUp) return { child, url }
    if (child.exitCode !== null) break
    await wait(300)
  }
  await end(child)
  throw new Error(`OpenCode did not start: ${said.trim().slice(-300)}`)
}

const end = async (child: ChildProcess): Promise<void> => {
  if (child.pid === undefined || child.exitCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  process.kill(-child.pid, 'SIGTERM')
  await Promise.race([gone, wait(5000)])
  if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL')
}
