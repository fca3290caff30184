import type {
  Catalog,
  ClientReplay,
  Finding,
  FindingReport,
  Judgement,
  ObservedReport,
  Profile,
  Report,
  Requirement,
  Suite,
  TranscriptFooter,
  TranscriptHeader,
} from '../types.ts'
import { applyBaseline, type BaselineEntry } from './baseline.ts'
import { clientReports } from './clients.ts'
import { profileReport } from './profile.ts'
import { type Cell, cellsOf } from './support.ts'

export interface ReportInput {
  readonly version: string
  readonly judgement: Judgement
  readonly header: TranscriptHeader
  /** Absent when the run was interrupted. */
  readonly footer?: TranscriptFooter
  readonly suites: readonly Suite[]
  readonly catalog: Catalog
  /** How the commands under a finding name the transcript and the report; absent when none was kept. */
  readonly transcript?: string
  readonly reportFile?: string
  /** Words of the command line that reach the target again: base URL, model, where the key is, faults. */
  readonly reach?: readonly string[]
  /** Suite files of the user that were loaded beside the built-in ones. */
  readonly files?: readonly string[]
  /** The profiles to speak about; all of the catalogue by default. */
  readonly profiles?: readonly string[]
  readonly baseline?: readonly BaselineEntry[]
  /** What clients made of the run, where some were named. */
  readonly clients?: readonly ClientReplay[]
}

const order = { must: 0, should: 1, may: 2 } as const

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Quotes a word for a POSIX shell; probe ids carry brackets, which shells read as patterns. */
const shellWord = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)

const againOf = (
  { id, witnesses: [{ probe }] }: Finding,
  { transcript, reportFile, reach = [], files = [] }: ReportInput,
): FindingReport['again'] => {
  const command = (...words: readonly string[]) => ['wirecheck', ...words].map(shellWord).join(' ')
  const own = files.map((file) => (file.includes('/') ? file : `./${file}`))
  return {
    // into a folder of its own: the other findings still need the transcript of this run
    run: command('run', probe, ...own, ...reach, ...(transcript === undefined ? [] : ['--out', 'wirecheck-again'])),
    ...(transcript === undefined ? {} : { judge: command('judge', transcript, probe, ...own) }),
    ...(reportFile === undefined
      ? {}
      : { curl: command('explain', id, '--curl', ...(reportFile === usualReport ? [] : ['--report', reportFile])) }),
  }
}

/** Where a run leaves its report unless told otherwise; commands need not name it. */
const usualReport = 'wirecheck-out/report.json'

const findingReport = (
  finding: Finding,
  requirement: Requirement | undefined,
  reason: string | undefined,
  input: ReportInput,
): FindingReport => ({
  ...finding,
  text: requirement?.text ?? '',
  sources: requirement?.sources ?? [],
  origin: requirement?.origin ?? { file: '', line: 0 },
  again: againOf(finding, input),
  ...(reason !== undefined && { baseline: { reason } }),
})

/** The endpoints that this run talked to; the judge also names those whose probes were not selected. */
const askedEndpoints = ({ judgement, suites }: ReportInput): Judgement['endpoints'] => {
  const ran = new Set(judgement.probes.filter(({ requests }) => requests > 0).map(({ probe }) => probe))
  const probes = suites.flatMap((suite) => suite.probes).filter(({ id }) => ran.has(id))
  const asked = new Set(probes.flatMap(({ steps }) => steps.map(({ endpoint }) => endpoint)))
  return judgement.endpoints.filter(({ endpoint }) => asked.has(endpoint))
}

/** Values are told with their meaning, so that a report can be read without the catalogue. */
const observedReports = ({ judgement, catalog }: ReportInput): readonly ObservedReport[] => {
  const rules = new Map(catalog.observations.map((rule) => [rule.id, rule]))
  return judgement.observations.map(({ id, value, probes }) => {
    const rule = rules.get(id)
    return { id, title: rule?.title ?? id, value, meaning: rule?.values[value]?.trim() ?? '', probes }
  })
}

/** Nobody who did not ask for it wants to hear of a profile of which a run tried nothing. */
const isTouched = ({ core }: Profile, cells: readonly Cell[]): boolean =>
  cells.some(({ report, touched }) => touched && core.includes(report.id)) || !cells.some(({ touched }) => touched)

/** The report of one run: a function of what was recorded, the suites and the baseline, and of nothing else. */
export const buildReport = (input: ReportInput): Report => {
  const { judgement, header, footer, suites, catalog, transcript } = input
  const requirements = new Map(suites.flatMap((suite) => suite.requirements.map((requirement) => [requirement.id, requirement] as const)))
  const cells = cellsOf({ judgement, suites, capabilities: catalog.capabilities })
  const applied = input.baseline && applyBaseline(input.baseline, judgement, suites, footer !== undefined)
  const findings = judgement.findings
    .map((finding) => findingReport(finding, requirements.get(finding.requirement), applied?.reasons.get(finding.id), input))
    .sort((a, b) => order[a.level] - order[b.level] || compare(a.requirement, b.requirement) || compare(a.id, b.id))
  return {
    $schema: 'urn:wirecheck:schemas:report',
    format: 1,
    tool: { name: 'wirecheck', version: input.version },
    edition: catalog.edition,
    suites: header.suites,
    simulated: input.header.target.simulated,
    target: header.target,
    run: {
      startedAt: header.startedAt,
      durationMs: footer?.durationMs ?? 0,
      complete: footer !== undefined,
      ...judgement.usage,
      ...(transcript !== undefined && { transcript }),
    },
    traits: judgement.traits,
    profiles: catalog.profiles
      .filter((profile) =>
        input.profiles === undefined ? profile.probes === undefined && isTouched(profile, cells) : input.profiles.includes(profile.id),
      )
      .map((profile) => profileReport(profile, cells)),
    capabilities: cells.map(({ report }) => report),
    probes: judgement.probes,
    requirements: [...judgement.requirements].sort((a, b) => compare(a.id, b.id)),
    findings,
    endpoints: askedEndpoints(input),
    observations: observedReports(input),
    harness: judgement.harness,
    ...(input.clients && { clients: clientReports(input.clients, judgement.findings) }),
    ...(applied && { baseline: applied.summary }),
  }
}
