import { judge, load, plan as makePlan, report as makeReport, record, replayClients } from '../index.ts'
import { loadTarget, type TargetInput } from '../target/load.ts'
import type { Exchange, Probe, Report, Suite } from '../types.ts'
import type { Effective } from './resolve.ts'

export interface HarnessInput {
  readonly effective: Effective
  readonly env: Readonly<Record<string, string | undefined>>
  readonly secrets: readonly string[]
  /** The transcript to write. */
  readonly file: string
  readonly network?: Network
  /** The run stops before more requests than this. */
  readonly maxRequests?: number | undefined
  readonly signal?: AbortSignal
  readonly onPlan?: (probes: readonly Probe[]) => void
  readonly onProbe?: Parameters<typeof record>[0]['onProbe']
}

/** How long to wait, and how much to send at once. */
export type Network = Pick<TargetInput, 'timeoutHeadersMs' | 'timeoutIdleMs' | 'timeoutTotalMs' | 'jobs'>

export interface HarnessResult {
  readonly report: Report
  readonly suites: readonly Suite[]
  /** Some answer carried reasoning. */
  readonly thoughts: boolean
  readonly exchangeOf: (probe: string, attempt: number, step: number) => Exchange | undefined
}

const paths: Readonly<Record<Effective['api'], RegExp>> = {
  chat: /^(POST \/chat\/completions|\w+ \/(?!responses|messages|completions|embeddings))/,
  responses: /^(POST \/responses|GET \/models)/,
  messages: /^(POST \/messages|GET \/models)/,
  own: /^$/,
}

/** Only what the package would ask for: an endpoint that is not used may be as it likes. */
const isUsed = ({ api }: Effective, probe: Probe): boolean => probe.steps.every(({ endpoint }) => paths[api].test(endpoint))

/** Tests the endpoint as OpenCode uses it, and lets OpenCode's own code read the answers. */
export const runHarness = async (input: HarnessInput): Promise<HarnessResult> => {
  const { effective, env, secrets, file, network, maxRequests, signal, onPlan, onProbe } = input
  const builtins = load()
  const { target: bound } = loadTarget({ ...targetInput(effective), ...network }, { ...env, [keyName]: keyValue(effective) })
  const target = { ...bound, secrets: [...new Set([...bound.secrets, ...secrets])] }
  const whole = makePlan({
    suites: builtins.suites,
    selectors: [],
    profiles: [effective.api === 'messages' ? 'anthropic' : 'opencode'],
    catalog: builtins.catalog,
  })
  const plan = { probes: whole.probes.filter((probe) => isUsed(effective, probe)) }
  onPlan?.(plan.probes)
  const transcript = await record({
    builtins,
    plan,
    target,
    file,
    ...(maxRequests === undefined ? {} : { maxRequests }),
    ...(signal ? { signal } : {}),
    ...(onProbe ? { onProbe } : {}),
  })
  const clients = effective.package.reader === undefined ? undefined : await replayClients(builtins, transcript, ['opencode-1.18'])
  const report = makeReport(builtins, transcript, judge(builtins, transcript), { transcript: file, ...(clients ? { clients } : {}) })
  return {
    report,
    suites: builtins.suites,
    thoughts: hasThoughts(transcript.exchanges()),
    exchangeOf: (probe, attempt, step) => {
      for (const exchange of transcript.exchanges())
        if (exchange.probe === probe && exchange.attempt === attempt && exchange.step === step) return exchange
      return undefined
    },
  }
}

/** Reasoning under any of its names, or the item of a response. */
const thought = /"reasoning(_content|_text)?"\s*:\s*"(?!")|"type"\s*:\s*"(reasoning|thinking)"|"reasoning_tokens"\s*:\s*[1-9]/

const hasThoughts = (exchanges: Iterable<Exchange>): boolean => {
  for (const { outcome } of exchanges)
    if (outcome.kind === 'response' && thought.test(Buffer.from(outcome.body).toString('latin1'))) return true
  return false
}

/** A name that no environment has. */
const keyName = 'WIRECHECK_OPENCODE_KEY'

const isAuthorization = ({ name }: { readonly name: string }): boolean => name.toLowerCase() === 'authorization'

/** The credential without its scheme: the harness tries the key in several forms. */
const keyValue = ({ headers, key }: Effective): string | undefined =>
  (headers.find(isAuthorization)?.value ?? key?.value)?.trim().replace(/^bearer\s+/i, '')

const targetInput = (effective: Effective) => {
  const hasKey = (keyValue(effective) ?? '') !== ''
  return {
    baseUrl: effective.root ?? '',
    name: effective.provider,
    model: effective.wireId.value,
    ...(hasKey ? { apiKey: { env: keyName }, auth: effective.package.keyIn ?? ('bearer' as const) } : { auth: 'none' as const }),
    headers: Object.fromEntries(effective.headers.filter((header) => !isAuthorization(header)).map(({ name, value }) => [name, value])),
    query: effective.query,
    ...(effective.context && effective.context.value > 0 ? { contextWindow: effective.context.value } : {}),
    jobs: 4,
  }
}
