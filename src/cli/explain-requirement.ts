import { requiresWords, shownBy, whenWords } from '../render/requirement-words.ts'
import type { Failures } from '../suite/failures.ts'
import type { Probe, Requirement } from '../types.ts'
import { field, paragraph } from './explain-lines.ts'

export interface RequirementContext {
  readonly probes: readonly Probe[]
  readonly failures: Failures
  readonly faults: readonly { readonly name: string; readonly breaks: string }[]
  readonly width: number
}

/** What is owed and why, what happens where it is broken, and how that was proved. */
export const requirementLines = (requirement: Requirement, { probes, failures, faults, width }: RequirementContext): readonly string[] => {
  const { id, level, text, capability, check, when, requires, sources, origin, tolerate, impact, confounder } = requirement
  const line = (label: string, words: string) => field(label, words, width, 14)
  const shown = shownBy(requirement, probes)
  const reported = Object.entries(failures).filter(([, { caught }]) => caught && 'requirement' in caught && caught.requirement === id)
  const proving = faults.filter(({ breaks }) => breaks === id).map(({ name }) => name)
  return [
    `requirement ${id}   ${level.toUpperCase()}`,
    '',
    ...paragraph(text, width),
    '',
    ...(impact === undefined ? [] : line('broken', impact)),
    ...(confounder === undefined ? [] : line('looks alike', confounder)),
    ...(impact === undefined && confounder === undefined ? [] : ['']),
    ...line('feeds', capability ?? 'the capability of the probe that shows it'),
    ...line('decided', `by check ${check.id}${check.args === undefined ? '' : ` ${JSON.stringify(check.args)}`}`),
    ...(tolerate ? line('tolerated', `${tolerate.of - tolerate.need} misses of ${tolerate.of}`) : []),
    ...(requires.length > 0 ? line('applies', `where known: ${requiresWords(requires)}`) : []),
    ...(when ? line('judged', `on ${whenWords(when)}`) : []),
    ...(shown.length > 0 ? line('shown', `by ${shown.join(', ')}`) : []),
    ...reported.flatMap(([name, failure]) => line('reported', `${name}: ${failure.title}`)),
    ...(proving.length > 0 ? line('proved', `by --fault ${proving.join(', ')}`) : []),
    ...sources.flatMap(({ title, url, path }) => line('source', [title, url, path].filter((part) => part !== undefined).join(' '))),
    ...line('written', `${origin.file}:${origin.line}`),
  ]
}
