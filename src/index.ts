/**
 * The library: five verbs over plain data. `load` suites, `record` a target into a transcript, `judge` the transcript,
 * make a `report` of the judgement, and render it.
 */
import { randomBytes } from 'node:crypto'
import type { Builtins } from './builtin/builtins.ts'
import { loadBuiltins } from './builtin/load.ts'
import { checks } from './checks/index.ts'
import { createSteering, type JudgeInput, judge as judgeWith } from './judge/judge.ts'
import { createLiveJudge, isTraffic, withTraffic } from './judge/traffic.ts'
import { observers } from './observe/index.ts'
import type { Plan } from './plan/plan.ts'
import { type ProxyInput, type RecordingProxy, startProxy } from './proxy/server.ts'
import { type RunInput, runProbes } from './record/run.ts'
import { buildReport, type ReportInput } from './report/build.ts'
import { createShapeJudge } from './schema/judge-shape.ts'
import { type Target, toRecord } from './target/target.ts'
import { readTranscript } from './transcript/read.ts'
import { createTranscriptWriter } from './transcript/write.ts'
import { redactDeep } from './transport/redact.ts'
import { createTransport } from './transport/send.ts'
import type { ClientReplay, Exchange, Finding, FindingReport, Judgement, Report, Suite, Transcript } from './types.ts'
import { version } from './version.ts'

export { plan } from './plan/plan.ts'
export { startReference } from './reference/server.ts'
export { renderJson } from './render/json.ts'
export { renderJunit } from './render/junit.ts'
export { renderMarkdown } from './render/markdown.ts'
export { renderPretty } from './render/pretty.ts'
export { loadTarget } from './target/load.ts'
export type { Target } from './target/target.ts'
export { readTranscript } from './transcript/read.ts'
export type * from './types.ts'
export { version }

/** The built-in suites, catalog and shapes, together with users' suites. */
export const load = (own: readonly Suite[] = []): Builtins => {
  const builtins = loadBuiltins()
  return { ...builtins, suites: [...builtins.suites, ...own] }
}

const judgeInput = ({ suites, shapes, catalog }: Builtins): JudgeInput => ({
  suites,
  checks,
  shapeOf: createShapeJudge(shapes, catalog.endpoints),
  observers: catalog.observations.flatMap(({ id, from }) => {
    const observer = observers.get(id)
    return observer ? [{ observer, ...(from && { from }) }] : []
  }),
})

export interface RecordInput {
  readonly builtins: Builtins
  readonly plan: Plan
  readonly target: Target
  /** The file to write; its folder is made. */
  readonly file: string
  readonly signal?: AbortSignal
  readonly maxRequests?: number
  readonly onProbe?: RunInput['onProbe']
  readonly onExchange?: RunInput['onExchange']
}

/**
 * Sends the probes of a plan and writes the transcript. Everything that was recorded is on disk when an exchange ends.
 * @throws Error of the file system; never for what an endpoint does
 */
export const record = async ({
  builtins,
  plan,
  target,
  file,
  signal,
  maxRequests,
  onProbe,
  onExchange,
}: RecordInput): Promise<Transcript> => {
  const startedAt = new Date()
  const writer = createTranscriptWriter(file)
  const transport = createTransport(target)
  const input = judgeInput(builtins)
  try {
    writer.write({
      kind: 'header',
      format: 1,
      tool: version,
      target: toRecord(target),
      suites: Object.fromEntries(builtins.suites.map(({ id, digest }) => [id, digest])),
      plan: plan.probes.map(({ id }) => id),
      startedAt: startedAt.toISOString(),
    })
    const result = await runProbes({
      probes: plan.probes,
      target,
      transport,
      worthAnotherAttempt: createSteering(input),
      onExchange: (exchange) => {
        writer.write(exchange)
        onExchange?.(exchange)
      },
      onTraits: (traits) => writer.write({ kind: 'traits', traits: redactDeep(traits, target.secrets) }),
      onProbe: onProbe ?? (() => undefined),
      signal: signal ?? new AbortController().signal,
      ...(maxRequests === undefined ? {} : { maxRequests }),
      random: randomLetters,
    })
    writer.write({ kind: 'footer', exchanges: result.exchanges, skipped: result.skipped, durationMs: Date.now() - startedAt.getTime() })
  } finally {
    writer.close()
    await transport.close()
  }
  return readTranscript(file, { verify: false, held: writer.held() })
}

const randomLetters = (length: number): string => [...randomBytes(length)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('')

/** Judges a transcript: the same bytes give the same judgement, today and in a year, here and elsewhere. */
export const judge = (builtins: Builtins, recorded: Transcript): Judgement => {
  const { suites, transcript } = withTraffic(builtins.suites, recorded)
  return judgeWith(judgeInput({ ...builtins, suites }), transcript)
}

/** Judges one exchange after the other while traffic is recorded. */
export const liveJudge = (builtins: Builtins): ((exchange: Exchange) => readonly Finding[]) => createLiveJudge(judgeInput(builtins))

/**
 * Records the traffic of clients: a reverse proxy on loopback before the target, which writes a transcript.
 * @throws ProxyError when the port cannot be had; Error of the file system
 */
export const proxy = ({
  builtins,
  ...rest
}: Omit<ProxyInput, 'tool' | 'suites'> & { readonly builtins: Builtins }): Promise<RecordingProxy> =>
  startProxy({ ...rest, tool: version, suites: Object.fromEntries(builtins.suites.map(({ id, digest }) => [id, digest])) })

/**
 * Lets clients read the answers of a run with their own code: what they made of them belongs into the report.
 * The packages of a client are loaded here and nowhere else; nothing is sent.
 */
export const replayClients = async (
  { suites }: Builtins,
  transcript: Transcript,
  clients: readonly string[],
): Promise<readonly ClientReplay[]> => (await import('./clients/replay-run.ts')).replayRun({ suites, transcript, clients })

/** Makes the report of a judgement. */
export const report = (builtins: Builtins, transcript: Transcript, judgement: Judgement, rest: Partial<ReportInput> = {}): Report => {
  const made = buildReport({
    version,
    judgement,
    header: transcript.header,
    ...(transcript.footer === undefined ? {} : { footer: transcript.footer }),
    suites: builtins.suites,
    catalog: builtins.catalog,
    ...rest,
  })
  return { ...made, findings: made.findings.map(offlineOnly) }
}

/** What somebody else's client sent cannot be sent again by a run: its exchanges are judged again, or as curl lines. */
const offlineOnly = (finding: FindingReport): FindingReport => {
  const [{ probe }] = finding.witnesses
  const { judge: offline, ...again } = finding.again
  if (!isTraffic(probe)) return finding
  return { ...finding, again: { ...again, run: offline ?? again.curl ?? `wirecheck explain ${finding.requirement}` } }
}
