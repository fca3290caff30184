import type { ClientReport, ClientResult, ClientTrouble, Palette, Report } from '../types.ts'

export const clientGlyphs: Readonly<Record<ClientResult, string>> = { works: '✓', degraded: '⚠', breaks: '✗', unknown: '?' }

export const clientTones: Readonly<Record<ClientResult, keyof Palette>> = {
  works: 'green',
  degraded: 'yellow',
  breaks: 'red',
  unknown: 'dim',
}

/** One symptom of a client, wherever it was seen. */
export interface SymptomGroup {
  readonly first: ClientTrouble
  readonly exchanges: number
  /** Requirements whose findings explain it. */
  readonly requirements: readonly string[]
  readonly unexplained: number
}

/** Troubles by symptom and API, the worst first, as the report has them. */
export const symptomGroups = ({ troubles }: ClientReport, { findings }: Report): readonly SymptomGroup[] => {
  const requirementOf = new Map(findings.map(({ id, requirement }) => [id, requirement]))
  const groups = new Map<string, ClientTrouble[]>()
  for (const trouble of troubles) {
    const key = `${trouble.result} ${trouble.api} ${trouble.symptom}`
    groups.set(key, [...(groups.get(key) ?? []), trouble])
  }
  return [...groups.values()].map((members) => ({
    first: members[0] as ClientTrouble,
    exchanges: members.length,
    requirements: [...new Set(members.flatMap((member) => member.findings.map((id) => requirementOf.get(id) ?? id)))],
    unexplained: members.filter(({ unexplained }) => unexplained).length,
  }))
}

/** The APIs by which a client was tried, with what became of each. */
export const apiWords = ({ apis, replayed }: ClientReport): string =>
  (['chat', 'responses'] as const)
    .flatMap((api) => (replayed[api] > 0 ? [`${api} ${apis[api]} (${replayed[api]} replayed)`] : []))
    .join(', ') || 'nothing to replay'

export const packageWords = ({ packages }: ClientReport): string =>
  Object.entries(packages)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')
