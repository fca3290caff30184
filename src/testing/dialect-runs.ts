import type { Dialect } from '../reference/dialects/dialect.ts'
import { startReference } from '../reference/server.ts'
import type { Report, Support } from '../types.ts'
import { accusations, runAgainst } from './run.ts'

/** What is expected of a run against one model of a dialect. */
export interface DialectRow {
  /** The profile, where it is not those of a default run. */
  readonly profile?: string
  readonly support: Readonly<Partial<Record<Support, readonly string[]>>>
  /** `level requirement code`, sorted, without notes. */
  readonly findings: readonly string[]
  readonly observations: Readonly<Record<string, string>>
}

/** By dialect, then by model; a profile stands behind the model. */
export type DialectTable = Readonly<Record<string, Readonly<Record<string, DialectRow>>>>

export interface DialectCase {
  readonly dialect: Dialect
  readonly model: string
  readonly profile?: string
}

/** A further profile for dialects that stand for an address or an endpoint of their own. */
const ownProfiles: readonly string[] = ['azure', 'anthropic']

/** Every model that a dialect talks about, and the profile of its own if it has one. */
export const casesOf = (dialect: Dialect): DialectCase[] => {
  const talking = Object.entries(dialect.models).flatMap(([model, kind]) => (kind === 'embedding' ? [] : [model]))
  const models = [...new Set([...talking, ...(dialect.fails ? [dialect.fails.model] : [])])]
  const further = ownProfiles.includes(dialect.name) ? models.map((model) => ({ dialect, model, profile: dialect.name })) : []
  return [...models.map((model) => ({ dialect, model })), ...further]
}

export const caseName = ({ model, profile }: DialectCase): string => (profile === undefined ? model : `${model}, profile ${profile}`)

/** Not in the form of a key of OpenAI, so that no dialect takes it for one that was entered by mistake. */
const key = 'reference-key-123456'

/** How keys are sent: bearer unless the API has a header of its own. */
const authOf = ({ dialect, profile }: DialectCase) =>
  dialect.name === 'azure' ? { auth: 'api-key' as const } : profile === 'anthropic' ? { auth: 'x-api-key' as const } : {}

/** Runs against one model of a dialect, one request after the other, because some bends remember the request before. */
export const runDialect = async (one: DialectCase, selectors: readonly string[] = []): Promise<Report> => {
  const server = await startReference({ dialect: one.dialect.name, key })
  try {
    const profiles = one.profile === undefined ? [] : [one.profile]
    return await runAgainst({ baseUrl: server.url, model: one.model, key, jobs: 1, profiles, selectors, ...authOf(one) })
  } finally {
    await server.close()
  }
}

const supportOf = ({ capabilities }: Report): DialectRow['support'] => {
  const cells: Partial<Record<Support, string[]>> = {}
  for (const { id, support } of capabilities) {
    cells[support] ??= []
    cells[support].push(id)
  }
  return cells
}

/** @throws Error when a check of ours threw */
export const dialectRow = async (one: DialectCase): Promise<DialectRow> => {
  const report = await runDialect(one)
  const [broken] = report.harness
  if (broken) throw new Error(`${one.dialect.name}: ${broken.check}: ${broken.message}`)
  return {
    ...(one.profile === undefined ? {} : { profile: one.profile }),
    support: supportOf(report),
    findings: accusations(report),
    observations: Object.fromEntries(report.observations.map(({ id, value }) => [id, value])),
  }
}
