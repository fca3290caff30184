import { join } from 'node:path'
import { judge, liveJudge, load, proxy as start } from '../../index.ts'
import { childEnvironment, isOpenCode, startChild } from '../../proxy/child.ts'
import { withoutQueryValues } from '../../proxy/query.ts'
import type { RecordingProxy } from '../../proxy/server.ts'
import { ProxyError } from '../../proxy/trouble.ts'
import { escapeTerminal } from '../../render/escape.ts'
import { levelGlyphs, levelTones, plural, whereabouts } from '../../render/words.ts'
import type { Target } from '../../target/target.ts'
import { readTranscript } from '../../transcript/read.ts'
import { redactText } from '../../transport/redact.ts'
import type { Finding, Level } from '../../types.ts'
import { CliError, exitCodes } from '../exit-code.ts'
import type { TargetOptions } from '../options.ts'
import { targetOf } from '../target.ts'
import type { Terminal } from '../terminal.ts'

export type ProxyOptions = Partial<TargetOptions> & {
  readonly upstream?: string
  readonly port?: number
  readonly transcript?: string
  readonly provider?: string
  readonly model?: string
  readonly verbose?: boolean
  readonly quiet?: boolean
  /** What stands behind `--`. */
  readonly command?: readonly string[]
}

/** Records the traffic of a command, or of whoever is given the address, and says what is wrong with it as it passes. */
export const proxy = async (options: ProxyOptions, terminal: Terminal): Promise<number> => {
  const { command = [] } = options
  const target = upstreamOf(options)
  const openCode = command.length > 0 && isOpenCode(command[0] as string)
  if (openCode && options.provider === undefined && options.model === undefined)
    throw new CliError("which of OpenCode's providers is to come to the proxy? Name it with --provider, or a model with --model")
  const builtins = load()
  const seen = new Map<string, Level>()
  const live = liveJudge(builtins)
  const file = options.transcript ?? join('wirecheck-out', `proxy-${stamp(new Date())}.jsonl`)
  let whole = true
  const trouble = (what: string, error: Error) => {
    whole = false
    terminal.err(`  ${terminal.palette.red(what)}  ${escapeTerminal(error.message)}\n`)
  }
  const running = await start({
    builtins,
    target,
    file,
    port: options.port ?? 0,
    onExchange: (exchange) => {
      for (const finding of live(exchange)) tell(finding, Number(exchange.probe.split('/')[1]))
    },
    onTrouble: (error) => trouble('not recorded', error),
  }).catch((error: unknown) => {
    throw error instanceof ProxyError ? new CliError(error.message) : error
  })
  const tell = (finding: Finding, number: number) => {
    if (seen.has(finding.id)) return
    seen.set(finding.id, finding.level)
    if (options.quiet || (finding.level === 'may' && !options.verbose)) return
    terminal.err(`${line(finding, number, running, terminal)}\n`)
  }

  const say = command.length > 0 ? terminal.err : terminal.out
  say(
    command.length > 0
      ? `  ${terminal.palette.dim('proxy')}  ${running.url} -> ${withoutQueryValues(target.baseUrl)}\n`
      : `${running.url}\n`,
  )
  terminal.err(`  ${terminal.palette.dim('record')} ${file}\n`)
  // a transcript that cannot be completed is no reason to forget how the command ended
  const close = () => running.close().catch((error: Error) => trouble('not recorded', error))
  const code = await (command.length > 0 ? runCommand(command, running, options, openCode).finally(close) : untilStopped(close))
  try {
    // without its end too, when the disk was full: what was written until then is judged
    const findings = judge(builtins, readTranscript(file, { partial: true, verify: false })).findings
    for (const finding of findings) tell(finding, Number(finding.witnesses[0].probe.split('/')[1]))
    terminal.err(summary(findings, running, file, terminal, whole))
  } catch (error) {
    trouble('not judged', error as Error)
  }
  return code
}

const upstreamOf = (options: ProxyOptions): Target => {
  const { model: _, ...rest } = options
  const given = { ...rest, ignoreEnv: true, ...(options.upstream === undefined ? {} : { baseUrl: options.upstream }) }
  const { target } = targetOf(given, process.env) ?? {}
  if (!target) throw new CliError('where is the traffic to go? Name the base URL with --upstream, such as https://api.example.com/v1')
  if (target.basic !== undefined) throw new CliError('the upstream URL has a user and a password; the client sends credentials of its own')
  // what the command may send as its key must not be written down either, whoever echoes it
  const keys = Object.entries(process.env).flatMap(([name, value]) => (value && /(^|_)(KEY|TOKEN|SECRET)$/.test(name) ? [value] : []))
  return { ...target, secrets: [...new Set([...target.secrets, ...keys])] }
}

/** Sorts by time, and is a file name everywhere. */
const stamp = (date: Date): string => date.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')

/** One line for a violation: nothing in it is what the endpoint sent, except names of members and headers. */
const line = (
  { level, requirement, code, witnesses }: Finding,
  number: number,
  { secrets }: RecordingProxy,
  { palette }: Terminal,
): string => {
  const { at } = witnesses[0]
  const place = escapeTerminal(redactText(whereabouts(at), secrets()))
  return `  ${palette[levelTones[level]](`${levelGlyphs[level]} ${level.toUpperCase()}`)}  ${requirement}  ${code}  #${number}  ${palette.dim(place)}`
}

const runCommand = async (
  command: readonly string[],
  { url }: RecordingProxy,
  options: ProxyOptions,
  openCode: boolean,
): Promise<number> => {
  const onTerminal = process.stdin.isTTY === true
  const own = {
    ...(options.provider === undefined ? {} : { provider: options.provider }),
    ...(options.model === undefined ? {} : { model: options.model }),
    ...(options.apiKeyEnv === undefined ? {} : { keyVariable: options.apiKeyEnv }),
  }
  const child = await Promise.resolve()
    .then(() => startChild(command, childEnvironment(url, process.env, openCode ? own : undefined), onTerminal))
    .catch((error: Error) => {
      throw new CliError(
        error instanceof SyntaxError
          ? 'OPENCODE_CONFIG_CONTENT is set and is no JSON, so nothing can be added to it'
          : `cannot start ${command[0]}: ${error.message}`,
      )
    })
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const pass = (name: NodeJS.Signals) => child.signal(name)
  for (const name of signals) process.on(name, pass)
  try {
    return await child.ended
  } finally {
    for (const name of signals) process.off(name, pass)
  }
}

/**
 * Ctrl-C is how a proxy ends: that is no failure. A second one does not wait, neither for the transcript to be completed
 * nor for the judge, during which no handler would be called.
 */
const untilStopped = async (close: () => Promise<void>): Promise<number> => {
  const names = ['SIGINT', 'SIGTERM'] as const
  let stop: (name: NodeJS.Signals) => void = () => undefined
  await new Promise<void>((resolve) => {
    let asked = false
    stop = (name) => {
      if (asked) process.exit(name === 'SIGINT' ? exitCodes.interrupted : exitCodes.terminated)
      asked = true
      resolve()
    }
    for (const name of names) process.on(name, stop)
  })
  await close()
  for (const name of names) process.off(name, stop)
  return exitCodes.ok
}

const summary = (findings: readonly Finding[], running: RecordingProxy, file: string, { palette }: Terminal, whole: boolean): string => {
  const counts = (['must', 'should', 'may'] as const).map(
    (level) => [level, findings.filter((each) => each.level === level).length] as const,
  )
  const found = counts.filter(([, count]) => count > 0).map(([level, count]) => palette[levelTones[level]](`${count} ${level}`))
  const partial = whole ? '' : ' --partial'
  const row = (label: string, text: string) => `  ${palette.dim(label.padEnd(9))}${text}\n`
  return [
    '\n',
    row('recorded', plural(running.exchanges(), 'exchange')),
    row('findings', found.length > 0 ? found.join(', ') : 'none'),
    row('written', file),
    row('', 'It holds every prompt and every answer; keys and cookies are left out. Only you can read it.'),
    row('report', `wirecheck judge ${file}${partial}`),
    row('share', `wirecheck scrub ${file}${partial}`),
  ].join('')
}
