import type {
  Matrix,
  MatrixCell,
  MatrixClient,
  MatrixColumn,
  MatrixObservation,
  MatrixRow,
  MatrixTable,
  Profile,
  Report,
} from '../types.ts'

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Reports with equal keys were judged by the same rules. */
const alignment = ({ edition, suites }: Report) =>
  JSON.stringify([edition, Object.entries(suites).sort(([one], [other]) => compare(one, other))])

const columnOf = (report: Report, profile: string): MatrixColumn => {
  const result = report.profiles.find((each) => each.profile === profile)
  return {
    target: report.target.name,
    model: report.target.models.chat ?? Object.values(report.target.models)[0] ?? '',
    startedAt: report.run.startedAt,
    tool: report.tool.version,
    simulated: report.simulated,
    ...(result && { core: result.core.result, extended: result.extended.result }),
  }
}

const cellOf = (report: Report, id: string): MatrixCell => {
  const capability = report.capabilities.find((each) => each.id === id)
  if (!capability) return { support: 'unknown', findings: [], reason: 'not in this report' }
  const requirement = new Map(report.findings.map((finding) => [finding.id, finding.requirement]))
  return {
    support: capability.support,
    findings: capability.findings.map((found) => ({ id: found, requirement: requirement.get(found) ?? '' })),
    // that nothing was tried needs no note under a table
    ...(capability.reason !== undefined && Object.keys(capability.tally).length > 0 && { reason: capability.reason }),
  }
}

/** What at least one report saw, in the order of the reports. Those of older versions tell none. */
const observationsOf = (reports: readonly Report[]): readonly MatrixObservation[] => {
  const seen = reports.map(({ observations }) => new Map((observations ?? []).map((each) => [each.id, each])))
  const titles = new Map(seen.flatMap((each) => [...each.values()].map(({ id, title }) => [id, title] as const)))
  return [...titles].map(([id, title]) => ({ id, title, values: seen.map((each) => each.get(id)?.value) }))
}

/** The clients that at least one report replayed, in the order of the reports. */
const clientsOf = (reports: readonly Report[]): readonly MatrixClient[] => {
  const names = new Set(reports.flatMap(({ clients }) => (clients ?? []).map(({ client }) => client)))
  return [...names].map((client) => ({
    client,
    results: reports.map(({ clients }) => clients?.find((each) => each.client === client)?.result),
  }))
}

const tableOf = (reports: readonly [Report, ...Report[]], profile: Profile): MatrixTable => {
  const [first] = reports
  const ordered = reports
    .map((report) => ({ report, column: columnOf(report, profile.id) }))
    .sort(({ column: a }, { column: b }) => compare(a.target, b.target) || compare(a.model, b.model) || compare(a.startedAt, b.startedAt))
  const row = (part: MatrixRow['part']) => (id: string) => ({
    capability: id,
    title: first.capabilities.find((each) => each.id === id)?.title ?? id,
    part,
    cells: ordered.map(({ report }) => cellOf(report, id)),
  })
  return {
    edition: first.edition,
    suites: first.suites,
    columns: ordered.map(({ column }) => column),
    rows: [...profile.core.map(row('core')), ...profile.extended.map(row('extended'))],
    observations: observationsOf(ordered.map(({ report }) => report)),
    clients: clientsOf(ordered.map(({ report }) => report)),
  }
}

/** Capabilities of a profile by targets; reports that were judged by different rules get tables of their own. */
export const buildMatrix = (reports: readonly Report[], profile: Profile): Matrix => {
  const groups = new Map<string, [Report, ...Report[]]>()
  for (const report of reports) {
    const key = alignment(report)
    const group = groups.get(key)
    if (group) group.push(report)
    else groups.set(key, [report])
  }
  const tables = [...groups]
    .sort(([keyA, a], [keyB, b]) => compare(b[0].edition, a[0].edition) || b.length - a.length || compare(keyA, keyB))
    .map(([, group]) => tableOf(group, profile))
  return { profile: profile.id, title: profile.title, tables }
}
