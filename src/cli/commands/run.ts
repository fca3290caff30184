import { join } from 'node:path'
import { plan as makePlan, record, replayClients, startReference } from '../../index.ts'
import { budget } from '../../plan/budget.ts'
import { budgetSpent } from '../../record/state.ts'
import { escapeTerminal } from '../../render/escape.ts'
import { type LoadedTarget, loadTarget } from '../../target/load.ts'
import { isCredentialName, type Target, withoutCredentials } from '../../target/target.ts'
import { redactDeep } from '../../transport/redact.ts'
import type { Probe, Report } from '../../types.ts'
import { deliver, readBaseline, renderingsOf } from '../deliver.ts'
import { discoverModel } from '../discover.ts'
import { CliError, exitCodes } from '../exit-code.ts'
import { checkFaults } from '../faults.ts'
import { hintFor } from '../hint.ts'
import { interruptible } from '../interrupt.ts'
import type { ReportOptions, TargetOptions } from '../options.ts'
import { planLine } from '../plan-line.ts'
import { createProgress } from '../progress.ts'
import { checkProfiles, isFile, loadSelection } from '../suites.ts'
import { targetOf } from '../target.ts'
import type { Terminal } from '../terminal.ts'

export type RunOptions = Partial<TargetOptions> &
  Partial<ReportOptions> & {
    readonly selector?: readonly string[]
    readonly out?: string
    readonly maxRequests?: number
    readonly maxTokens?: number
    readonly fault?: readonly string[]
  }

/** Records, judges and reports one target; without a base URL the embedded reference endpoint is the target. */
export const run = async (options: RunOptions, terminal: Terminal): Promise<number> => {
  // whatever can be wrong with the command is said before the first request
  renderingsOf(options.render)
  if (options.baseline !== undefined) readBaseline(options.baseline)
  checkFaults(options.fault)
  const { builtins, selectors } = loadSelection(options.selector ?? [])
  const profiles = options.profile ?? []
  checkProfiles(profiles, builtins)
  const plan = makePlan({ suites: builtins.suites, selectors, profiles, catalog: builtins.catalog })
  const price = budget(plan.probes)
  if (options.maxTokens !== undefined && price.outputTokens.least > options.maxTokens) {
    throw new CliError(`the plan may produce ${price.outputTokens.least} output tokens, more than --max-tokens ${options.maxTokens}`)
  }
  const given = targetOf(options, process.env)
  const embedded = given ? undefined : await startEmbedded(options)
  try {
    const { target, notes } = given ? await withModel(given, plan.probes) : (embedded as Embedded).loaded
    if (embedded) terminal.err(`  no base URL: testing the embedded reference endpoint at ${target.baseUrl}\n`)
    for (const note of notes) terminal.err(`  ${terminal.palette.yellow('note')}  ${escapeTerminal(note)}\n`)
    terminal.err(`  ${terminal.palette.dim('plan')}  ${planLine(price)}\n`)
    const folder = options.out ?? 'wirecheck-out'
    const file = join(folder, 'transcript.jsonl')
    const progress = createProgress(terminal, plan.probes.length, options.quiet ?? false)
    const interrupt = interruptible(terminal)
    const transcript = await record({
      builtins,
      plan,
      target,
      file,
      signal: interrupt.signal,
      ...(options.maxRequests === undefined ? {} : { maxRequests: options.maxRequests }),
      onProbe: progress.onProbe,
      onExchange: progress.onExchange,
    }).finally(progress.end)
    const files = (options.selector ?? []).filter(isFile)
    await interrupt.release()
    const clients = options.client === undefined ? undefined : await replayClients(builtins, transcript, options.client)
    const { report, exit } = deliver(
      {
        builtins,
        transcript,
        file,
        options,
        folder,
        files,
        reach: reachOf(options, target),
        secrets: target.secrets,
        ...(clients && { clients }),
      },
      terminal,
    )
    if (interrupt.code() !== undefined) return interrupt.code() as number
    terminal.err(cutShort(report, options, terminal))
    if (exit === exitCodes.untestable || exit === exitCodes.ok) return (await untestable(report, target, terminal)) ?? exit
    return exit
  } finally {
    await embedded?.close()
  }
}

/** Words that bring a later command to the same target in the same way. */
const reachOf = (options: RunOptions, target: Target): readonly string[] => {
  if (target.simulated) return (options.fault ?? []).flatMap((name) => ['--fault', name])
  const named = options.target === undefined && options.config === undefined
  return [
    ...(options.config === undefined ? [] : ['--config', options.config]),
    ...(options.target === undefined ? [] : ['--target', options.target]),
    ...(named || options.baseUrl !== undefined ? ['--base-url', withoutCredentials(target.baseUrl)] : []),
    ...(named || options.model !== undefined ? ['--model', target.models.chat] : []),
    ...((named || options.embeddingModel !== undefined) && target.models.embeddings ? ['--embedding-model', target.models.embeddings] : []),
    ...(options.apiKeyEnv === undefined ? [] : ['--api-key-env', options.apiKeyEnv]),
    ...(options.auth === undefined ? [] : ['--auth', options.auth]),
    ...(options.header ?? []).flatMap((word) => ['--header', maskPair(word)]),
    ...(options.headerEnv ?? []).flatMap((word) => ['--header-env', word]),
    ...(options.query ?? []).flatMap((word) => ['--query', maskPair(word)]),
    ...(options.trait ?? []).flatMap((word) => ['--trait', word]),
    ...(options.insecure ? ['--insecure'] : []),
  ]
}

/** `name=value` without the value, where the name says that it is a secret. */
const maskPair = (word: string): string => {
  const at = word.search(/[=:]/)
  return at > 0 && isCredentialName(word.slice(0, at)) ? `${word.slice(0, at)}=…` : word
}

interface Embedded {
  readonly loaded: LoadedTarget
  readonly close: () => Promise<void>
}

/** The reference endpoint in this process, with a key of its own, so that the whole harness runs without any account. */
const startEmbedded = async ({ fault = [], jobs }: RunOptions): Promise<Embedded> => {
  const key = 'reference-key'
  const server = await startReference({ key, faults: fault })
  const loaded = loadTarget(
    {
      baseUrl: server.url,
      name: 'reference',
      model: 'reference',
      embeddingModel: 'reference-embedding',
      simulated: true,
      apiKey: { env: 'key' },
      ...(jobs === undefined ? {} : { jobs }),
    },
    { key },
  )
  return { loaded, close: server.close }
}

const withModel = async ({ target, notes }: LoadedTarget, probes: readonly Probe[]): Promise<LoadedTarget> => {
  const { chat: named, embeddings } = target.models
  if (named !== '') return { target, notes }
  // where nothing but embeddings is asked for, their model is the one to test
  if (embeddings !== undefined && !/\{\{model\.chat(-encoded)?\}\}/.test(JSON.stringify(probes)))
    return { target: { ...target, models: { ...target.models, chat: embeddings } }, notes }
  const chat = await discoverModel(target)
  return {
    target: { ...target, models: { ...target.models, chat } },
    notes: [...notes, `no --model: testing ${chat}, the only one that is listed`],
  }
}

/** Requests were sent, and none of them showed anything: without a generating probe this alone tells of a wrong address. */
const isSilent = ({ probes }: Report): boolean =>
  probes.some(({ requests }) => requests > 0) &&
  probes.every(({ verdict }) => verdict !== 'pass' && verdict !== 'warn' && verdict !== 'fail')

/** What a budget left out is said last: a run that was cut short must not look like a whole one. */
const cutShort = ({ probes }: Report, { maxRequests }: RunOptions, { palette }: Terminal): string => {
  const left = probes.filter(({ verdict, reason }) => verdict === 'skipped' && reason === budgetSpent).length
  if (left === 0) return ''
  const decided = probes.some(({ verdict }) => verdict !== 'skipped' && verdict !== 'inconclusive')
  return `\n  ${palette.yellow('cut short')} by --max-requests ${maxRequests}: ${left} of ${probes.length} probes did not run${decided ? '' : ', and nothing was decided'}\n`
}

/** One message for a target that could not be tested, with what would be right where that can be found out. */
const untestable = async (report: Report, target: Target, terminal: Terminal): Promise<number | undefined> => {
  const asked = report.endpoints
  // an endpoint that is declined in an orderly way was reached
  if (asked.length === 0 ? !isSilent(report) : asked.some(({ presence }) => presence !== 'untestable')) return undefined
  const reason = asked[0]?.reason ?? report.probes.find(({ requests }) => requests > 0)?.reason ?? 'no answer'
  const hint = await hintFor(target, reason).catch(() => '')
  terminal.err(
    `\n  ${terminal.palette.red('cannot test')} ${withoutCredentials(target.baseUrl)}: ${escapeTerminal(redactDeep(reason, target.secrets))}${hint}\n`,
  )
  return exitCodes.untestable
}
