import { BaseUrlError } from '../target/base-url.ts'
import { KeyError } from '../target/secrets.ts'
import type { Exchange, Probe, RequestRecord } from '../types.ts'
import type { Cause } from './cause.ts'
import { causesOfProblems, findCauses } from './causes.ts'
import { wasAnswered } from './causes-model.ts'
import { chooseModel, UnknownModel } from './choose.ts'
import type { Evidence } from './evidence.ts'
import { clientOf, firstAnswer, isRead, notesOf } from './first-answer.ts'
import { askModels, followUp } from './follow-up.ts'
import { type HarnessInput, type Network, runHarness } from './harness.ts'
import { createRules, lint, stopsStart } from './lint.ts'
import { createGet, readRemotes } from './remote.ts'
import { type Effective, resolveModel } from './resolve.ts'
import type { Problem } from './rule.ts'
import { secretsOf } from './secrets.ts'
import { createSender, isSuccess } from './send.ts'
import { readSettings, type Settings } from './settings.ts'
import { withCurl, withoutHeaderValues } from './vendor-curl.ts'
import { whyNot } from './why-not.ts'
import type { World } from './world.ts'

export interface DiagnoseInput {
  readonly world: World
  /** `provider/model`; without it the model that OpenCode would take. */
  readonly model?: string | undefined
  /** Nothing is sent. */
  readonly offline?: boolean | undefined
  /** Milliseconds that headers may take, of the first request too. */
  readonly patienceMs?: number | undefined
  readonly network?: Network
  readonly maxRequests?: number | undefined
  /** The transcript of the requests to write. */
  readonly file: string
  readonly curl: (request: RequestRecord) => string
  readonly signal?: AbortSignal
  readonly onPlan?: (probes: readonly Probe[]) => void
  readonly onProbe?: HarnessInput['onProbe']
}

export interface Diagnosis {
  readonly settings: Settings
  readonly problems: readonly Problem[]
  /** Absent when the configuration names no model that could be asked. */
  readonly effective?: Effective
  readonly causes: readonly Cause[]
  /** What was sent, and what was not, in sentences. */
  readonly notes: readonly string[]
  /** Whether an endpoint was asked. */
  readonly asked: boolean
  /** Whether some answer was read to its end, so that no cause means that there is none. */
  readonly tested: boolean
  readonly requests: number
  readonly secrets: readonly string[]
}

const patience = 120_000

/**
 * Reads the configuration as OpenCode does, finds its mistakes, asks the endpoint what OpenCode would ask, and says why it fails.
 * @throws UnknownModel when a model was named that is not configured
 */
export const diagnose = async (input: DiagnoseInput): Promise<Diagnosis> => {
  const { world, offline = false } = input
  const remotes = offline ? [] : await readRemotes(world, createGet(world.env, secretsOf(readSettings(world))))
  const settings = readSettings(world, remotes)
  const problems = lint(settings, createRules(world))
  const secrets = secretsOf(settings)
  const base = { settings, problems, secrets }
  const effective = chosen(settings, problems, input.model)
  const silent = { ...base, asked: false, tested: false, requests: 0 }
  if (!effective) return { ...silent, causes: causesOfProblems(problems), notes: ['no model of the configuration can be asked'] }
  if (offline) return { ...silent, effective, causes: findCauses(nothingSent(effective, problems, input.model)), notes: [] }
  const reason = whyNot(effective, problems)
  if (reason !== undefined)
    return { ...silent, effective, causes: findCauses(nothingSent(effective, problems, effective.provider)), notes: [reason] }
  const asked = await ask(input, effective, problems, secrets)
  return { ...base, effective, asked: true, ...asked }
}

/** A broken file hides what it says; the model that was named may stand there. */
const chosen = (settings: Settings, problems: readonly Problem[], model: string | undefined): Effective | undefined => {
  try {
    const { provider, model: key } = chooseModel(settings, model)
    return resolveModel(settings, provider, key)
  } catch (error) {
    if (!(error instanceof UnknownModel)) throw error
    const explained = problems.some(
      ({ rule, level }) => level === 'error' && (stopsStart(rule) || ['CF-09', 'CF-10', 'CF-15', 'CF-39'].includes(rule)),
    )
    if (model === undefined ? explained : problems.some(({ rule }) => rule === 'CF-05' || rule === 'CF-13' || rule === 'CF-14'))
      return undefined
    throw error
  }
}

const nothingSent = (effective: Effective, problems: readonly Problem[], only: string | undefined): Evidence => ({
  effective,
  // without a model that was named, the mistakes of all providers count
  problems: only === undefined ? problems.map(({ provider: _, model: __, ...rest }) => rest) : problems,
  hints: {},
  suites: [],
  curlOf: () => undefined,
})

const ask = async (input: DiagnoseInput, effective: Effective, problems: readonly Problem[], secrets: readonly string[]) => {
  const { world } = input
  const curl = withoutHeaderValues(effective, input.curl)
  const sender = createSender(effective, secrets, world.env, input.patienceMs ?? patience, input.network)
  try {
    const first = await firstAnswer(sender)
    const models = first.status === 0 ? undefined : await askModels(sender, effective)
    const hints = await followUp(sender, effective, first, models, problems)
    const client = effective.package.reader === undefined ? undefined : await clientOf(first)
    const evidence: Evidence = {
      effective,
      problems,
      first,
      hints,
      suites: [],
      curlOf: () => curl(first.exchange.request),
      ...(models ? { models } : {}),
      ...(client ? { client } : {}),
    }
    const early = findCauses(evidence)
    const notes = notesOf(first, effective)
    // only what became of the first request has been on the wire so far
    if (!isSuccess(first) || early[0]?.wire !== undefined)
      return { causes: withCurl(early, first, curl), notes, tested: true, requests: sender.sent() }
    const run = await runHarness({ ...input, effective, env: world.env, secrets }).catch((error: unknown) => {
      if (error instanceof BaseUrlError || error instanceof KeyError) return error
      throw error
    })
    if (run instanceof Error)
      return { causes: early, notes: [...notes, `not tested any further: ${run.message}`], tested: isRead(first), requests: sender.sent() }
    const found = findCauses({
      ...evidence,
      report: run.report,
      suites: run.suites,
      thoughts: run.thoughts,
      curlOf: (probe, attempt, step) => lineOf(run.exchangeOf(probe, attempt, step), curl),
    })
    const unread =
      effective.package.reader === undefined && effective.api === 'chat'
        ? [`the answers were judged by what they owe: the code with which ${effective.npm.value} reads them is not replayed here`]
        : []
    const untested = wasAnswered(run.report, effective.api)
      ? []
      : ['only the first request was answered: the endpoint refuses the short ones of the harness, so tools and streams were not tested']
    return {
      causes: found,
      notes: [...notes, ...unread, ...untested],
      tested: untested.length === 0 || isRead(first),
      requests: sender.sent() + run.report.run.requests,
    }
  } finally {
    await sender.close()
  }
}

const lineOf = (exchange: Exchange | undefined, curl: DiagnoseInput['curl']): string | undefined =>
  exchange ? curl(exchange.request) : undefined
