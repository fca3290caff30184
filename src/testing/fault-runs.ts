import type { Bend, Fault } from '../reference/exchange.ts'
import { startReference } from '../reference/server.ts'
import type { Report } from '../types.ts'
import { accusations, builtins, findingLine, runAgainst } from './run.ts'

/** suite: all probes of the suites that speak of the broken requirement. full: all probes there are, which is slow. */
export type WiderPlan = 'suite' | 'full'

/** What the table knows of a fault. */
export interface FaultRow {
  /** Which probes show it, where the default plan does not. */
  readonly plan?: WiderPlan
  /** Why several rules are broken, or why the fault's own rule is not among the findings. */
  readonly why?: string
  /** `level requirement code`, sorted, without notes. */
  readonly findings: readonly string[]
  /** Notes on the fault's own rule, where nothing accuses it. */
  readonly notes?: readonly string[]
}

export type FaultTable = Readonly<Record<string, FaultRow>>

const key = 'sk-reference-123456'

/** Requests go one after the other, because some faults remember the request before. */
const calmly = { embeddingModel: 'reference-embedding', jobs: 1, timeoutIdleMs: 6000, timeoutHeadersMs: 6000 }

/** The suites that define a requirement or have a probe that expects it. */
export const suitesOf = (requirement: string): readonly string[] =>
  builtins.suites
    .filter(
      ({ requirements, probes }) =>
        requirements.some(({ id }) => id === requirement) ||
        probes.some(({ steps }) => steps.some(({ expect }) => expect.includes(requirement))),
    )
    .map(({ id }) => id)

const planned = (plan: WiderPlan | undefined, breaks: string | undefined) =>
  plan === 'suite' && breaks !== undefined ? { selectors: suitesOf(breaks) } : { profiles: plan === undefined ? [] : ['full'] }

/** Runs against the reference endpoint, bent in one way or not at all. */
export const runBent = async (
  bend: (Pick<Bend, 'name' | 'model'> & Partial<Pick<Fault, 'breaks'>>) | undefined,
  plan?: WiderPlan,
  model?: string,
): Promise<Report> => {
  // this one shows only where no key is asked for
  const keyed = bend?.name === 'any-key-refused-when-open' ? {} : { key }
  const server = await startReference({ ...keyed, faults: bend ? [bend.name] : [] })
  try {
    const target = { ...calmly, ...keyed, baseUrl: server.url, model: model ?? bend?.model ?? 'reference' }
    return await runAgainst({ ...target, ...planned(plan, bend?.breaks) })
  } finally {
    await server.close()
  }
}

/** The row of a fault, without its words. */
export const rowOf = async (fault: Fault, plan?: WiderPlan): Promise<FaultRow> => {
  const report = await runBent(fault, plan)
  if (report.harness.length > 0) throw new Error(`${fault.name}: ${report.harness[0]?.check}: ${report.harness[0]?.message}`)
  const findings = accusations(report)
  const noted = report.findings.filter(({ level, requirement }) => level === 'may' && requirement === fault.breaks).map(findingLine)
  const notes = accuses(findings, fault.breaks) ? [] : [...new Set(noted)].sort()
  return { ...(plan ? { plan } : {}), findings, ...(notes.length > 0 ? { notes } : {}) }
}

/** Whether a list of findings accuses a requirement. */
export const accuses = (findings: readonly string[], requirement: string): boolean =>
  findings.some((line) => line.split(' ')[1] === requirement)

/** Whether a row has something to explain: a note on a rule that is a MAY explains itself. */
export const needsWords = ({ findings, notes }: FaultRow, requirement: string): boolean =>
  !(accuses(findings, requirement) || notes) || new Set(findings.map((line) => line.split(' ')[1])).size > 1

/** Works through a list, several at a time; the results keep the order. */
export const pooled = async <Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>, width = 8): Promise<Result[]> => {
  const results: Result[] = []
  let next = 0
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as Item)
  }
  await Promise.all(Array.from({ length: width }, worker))
  return results
}
