import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { basename } from 'node:path'
import type { JsonObject } from '../types.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** How OpenCode's provider is called, and what it needs to know of it. */
export interface OpenCodeOptions {
  readonly provider?: string
  readonly model?: string
  /** The variable that holds the key, for a provider that no configuration names. */
  readonly keyVariable?: string
}

export const isOpenCode = (program: string): boolean => /^opencode(-ai)?(\.exe|\.cmd)?$/i.test(basename(program))

/**
 * The environment of a command whose requests are to come to the proxy. Everything else of it stays, the key included.
 * @throws SyntaxError when `OPENCODE_CONFIG_CONTENT` is there already and is no JSON
 */
export const childEnvironment = (url: string, environment: Environment, openCode: OpenCodeOptions | undefined): Environment => ({
  ...environment,
  OPENAI_BASE_URL: url,
  // a client that obeys the proxy variables must still come to loopback directly
  ...Object.fromEntries(['NO_PROXY', 'no_proxy'].map((name) => [name, withLoopback(environment[name])])),
  ...(openCode === undefined ? {} : { OPENCODE_CONFIG_CONTENT: openCodeConfig(url, openCode, environment.OPENCODE_CONFIG_CONTENT) }),
})

const withLoopback = (list: string | undefined): string => [...(list ? [list] : []), '127.0.0.1', 'localhost'].join(',')

/**
 * OpenCode merges this text over its configuration files: the base URL of one provider is another, and all that its
 * files say besides remains. A provider that they do not name needs a model; its package is then the one for Chat Completions.
 */
export const openCodeConfig = (url: string, { provider = 'wirecheck', model, keyVariable }: OpenCodeOptions, present?: string): string => {
  const known = (present ? JSON.parse(present) : {}) as JsonObject
  const providers = (known.provider ?? {}) as JsonObject
  const own = (providers[provider] ?? {}) as JsonObject
  const options = {
    ...(own.options as JsonObject | undefined),
    baseURL: url,
    ...(keyVariable === undefined ? {} : { apiKey: `{env:${keyVariable}}` }),
  }
  const models = own.models as JsonObject | undefined
  return JSON.stringify({
    ...known,
    ...(model === undefined ? {} : { model: `${provider}/${model}`, small_model: `${provider}/${model}` }),
    provider: {
      ...providers,
      [provider]: { ...own, options, ...(model === undefined ? {} : { models: { ...models, [model]: models?.[model] ?? {} } }) },
    },
  })
}

export interface Child {
  /** The exit code, as a shell would tell it: 128 and the number of the signal that ended it. */
  readonly ended: Promise<number>
  /** Passes a signal on to the command and to what it started. */
  readonly signal: (name: NodeJS.Signals) => void
}

/**
 * Starts a command on our own terminal. Away from one it gets a process group of its own, so that a signal reaches
 * all of it; on one it must stay in ours, or it could neither read keys nor be interrupted by them.
 * @throws Error when it cannot be started
 */
export const startChild = async (command: readonly string[], environment: Environment, onTerminal: boolean): Promise<Child> => {
  const [program = '', ...args] = command
  const child = spawn(program, args, { stdio: 'inherit', env: environment, detached: !onTerminal })
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', reject)
  })
  let signals = 0
  return {
    ended: new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
    }),
    signal: (name) => {
      signals++
      // the terminal has sent the first Ctrl-C to the whole group itself
      if (onTerminal && name === 'SIGINT' && signals === 1) return
      pass(child, signals > 2 ? 'SIGKILL' : name, onTerminal)
    },
  }
}

const pass = ({ pid, exitCode }: ChildProcess, name: NodeJS.Signals, onTerminal: boolean): void => {
  if (pid === undefined || exitCode !== null) return
  try {
    process.kill(onTerminal ? pid : -pid, name)
  } catch {
    // it has just ended
  }
}
