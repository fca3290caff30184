import type {
  Auth,
  AzureAddress,
  Endpoint,
  JsonObject,
  JsonPointer,
  Level,
  Probe,
  Requirement,
  Source,
  StatusClass,
  Step,
  Suite,
} from '../types.ts'

type Mode = 'json' | 'stream'

interface RequestDocument {
  readonly endpoint: Endpoint
  readonly azure?: AzureAddress
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly raw?: string | { readonly base64: string }
}

interface StepDocument {
  readonly request: RequestDocument
  readonly auth?: Auth
  readonly breaks?: string
  readonly expect?: readonly string[]
  readonly capture?: Readonly<Record<string, JsonPointer>>
  readonly read?: Step['read']
}

interface ProbeDocument extends Omit<StepDocument, 'request'> {
  readonly title: string
  readonly capability: string
  readonly modes?: readonly Mode[]
  readonly attempts?: number
  readonly baseline?: boolean
  readonly extra?: boolean
  readonly observes?: boolean
  readonly requires?: readonly string[]
  readonly connection?: 'same'
  readonly parallel?: number
  readonly why?: string
  readonly request?: RequestDocument
  readonly steps?: readonly StepDocument[]
}

interface RequirementDocument {
  readonly level: Level
  readonly text: string
  readonly capability?: string
  readonly when?: {
    readonly endpoint?: Endpoint | readonly Endpoint[]
    readonly stream?: boolean
    readonly status?: StatusClass | readonly StatusClass[]
    readonly except?: Endpoint | readonly Endpoint[]
  }
  readonly requires?: readonly string[]
  readonly check: string | JsonObject
  readonly tolerate?: { readonly of: number; readonly need: number }
  readonly impact?: string
  readonly confounder?: string
  readonly sources?: readonly Source[]
}

/** A suite file as written, after validation by `schemas/suite.json`. */
export interface SuiteDocument {
  readonly suite: string
  readonly title: string
  readonly requirements?: Readonly<Record<string, RequirementDocument>>
  readonly probes?: Readonly<Record<string, ProbeDocument>>
}

/** Turns a validated document into requirements and probes; `lineOf` tells where a block starts. */
export const buildSuite = (document: SuiteDocument, file: string, digest: string, lineOf: (pointer: JsonPointer) => number): Suite => ({
  id: document.suite,
  title: document.title,
  file,
  digest,
  requirements: Object.entries(document.requirements ?? {}).map(([id, entry]) =>
    buildRequirement(id, entry, file, lineOf(`/requirements/${id}`)),
  ),
  probes: Object.entries(document.probes ?? {}).flatMap(([name, entry]) =>
    buildProbes(document.suite, name, entry, file, lineOf(`/probes/${name}`)),
  ),
})

const buildRequirement = (id: string, entry: RequirementDocument, file: string, line: number): Requirement => {
  const [check, args] = typeof entry.check === 'string' ? [entry.check, undefined] : (Object.entries(entry.check)[0] as [string, unknown])
  return {
    id,
    level: entry.level,
    text: entry.text.trim(),
    ...(entry.capability === undefined ? {} : { capability: entry.capability }),
    sources: entry.sources ?? [],
    check: { id: check, args },
    requires: entry.requires ?? [],
    ...(entry.when === undefined ? {} : { when: buildWhen(entry.when) }),
    ...(entry.tolerate === undefined ? {} : { tolerate: entry.tolerate }),
    ...(entry.impact === undefined ? {} : { impact: entry.impact.trim() }),
    ...(entry.confounder === undefined ? {} : { confounder: entry.confounder.trim() }),
    origin: { file, line },
  }
}

const buildWhen = ({ endpoint, stream, status, except }: NonNullable<RequirementDocument['when']>): NonNullable<Requirement['when']> => ({
  ...(endpoint === undefined ? {} : { endpoint: [endpoint].flat() as Endpoint[] }),
  ...(stream === undefined ? {} : { stream }),
  ...(status === undefined ? {} : { status: [status].flat() as StatusClass[] }),
  ...(except === undefined ? {} : { except: [except].flat() as Endpoint[] }),
})

const buildProbes = (suite: string, name: string, entry: ProbeDocument, file: string, line: number): Probe[] => {
  const modes: readonly (Mode | undefined)[] = entry.modes ?? [undefined]
  return modes.map((mode) => ({
    id: `${suite}/${name}${modes.length > 1 ? `[${mode}]` : ''}`,
    title: entry.title,
    capability: entry.capability,
    attempts: entry.attempts ?? 1,
    baseline: entry.baseline ?? false,
    extra: entry.extra ?? false,
    ...(entry.observes === undefined ? {} : { observes: entry.observes }),
    requires: entry.requires ?? [],
    whole: entry.expect ?? [],
    steps: stepsOf(entry).map((step) => buildStep(entry, step, mode)),
    ...(entry.connection === undefined ? {} : { connection: entry.connection }),
    ...(entry.parallel === undefined ? {} : { parallel: entry.parallel }),
    ...(entry.why === undefined ? {} : { why: entry.why }),
    origin: { file, line },
  }))
}

const stepsOf = (entry: ProbeDocument): readonly StepDocument[] =>
  entry.steps ?? (entry.request ? [{ request: entry.request, ...(entry.capture ? { capture: entry.capture } : {}) }] : [])

const buildStep = (probe: ProbeDocument, step: StepDocument, mode: Mode | undefined): Step => {
  const { endpoint, azure, headers, body, raw } = step.request
  const breaks = step.breaks ?? probe.breaks
  return {
    endpoint,
    auth: step.auth ?? probe.auth ?? 'target',
    ...(azure === undefined ? {} : { azure }),
    headers: Object.entries(headers ?? {}),
    ...(body === undefined ? {} : { body: mode === 'stream' ? streaming(endpoint, body) : body }),
    ...(raw === undefined ? {} : { raw: typeof raw === 'string' ? { text: raw } : raw }),
    ...(breaks === undefined ? {} : { breaks }),
    expect: [...new Set([...(step.expect ?? []), ...(probe.expect ?? [])])],
    capture: step.capture ?? {},
    read: step.read ?? probe.read ?? {},
  }
}

/** What the mode `stream` adds to a body: what every streaming client sends. */
const streaming = (endpoint: Endpoint, body: unknown): unknown => ({
  ...(/^POST \/(chat\/)?completions$/.test(endpoint) ? { stream_options: { include_usage: true } } : {}),
  ...(body as JsonObject),
  stream: true,
})
