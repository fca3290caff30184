import type { Profile, ProfileReport, Tally, Verdict } from '../types.ts'
import type { Cell } from './support.ts'

type Result = ProfileReport['core']['result']

const failed = ({ report }: Cell) => report.support === 'broken' || report.support === 'none'

/** SHOULD violations make a cell partial and stay advice; what was refused or left undecided keeps a profile from succeeding. */
const open = ({ report, refused, undecided }: Cell) => report.support === 'unknown' || refused || undecided

const resultOf = (cells: readonly Cell[]): Result => {
  if (cells.some(failed)) return 'failure'
  return cells.length === 0 || cells.some(open) ? 'partial' : 'success'
}

const sum = (tallies: readonly Tally[]): Tally => {
  const total: Partial<Record<Verdict, number>> = {}
  for (const tally of tallies) {
    for (const [verdict, count] of Object.entries(tally) as [Verdict, number][]) total[verdict] = (total[verdict] ?? 0) + count
  }
  return total
}

const list = (names: readonly string[]) => (names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? ''))

const ids = (cells: readonly Cell[]) => cells.map(({ report }) => report.id)

const clause = (cells: readonly Cell[], one: string, many: string) =>
  cells.length > 0 ? [`${list(ids(cells))} ${cells.length > 1 ? many : one}`] : []

const openWords = (cells: readonly Cell[]) => {
  const rest = cells.filter((cell) => !failed(cell) && open(cell))
  const unknown = rest.filter(({ report }) => report.support === 'unknown')
  const inPart = rest.filter(({ report, refused }) => report.support !== 'unknown' && refused)
  const unfinished = rest.filter((cell) => !unknown.includes(cell) && !inPart.includes(cell))
  return [
    ...clause(inPart, 'is refused in part', 'are refused in part'),
    ...clause(unknown, 'was not judged', 'were not judged'),
    ...clause(unfinished, 'was judged only in part', 'were judged only in part'),
  ]
}

const coreWords = (cells: readonly Cell[], result: Result): string => {
  if (result === 'success') {
    const advised = cells.filter(({ report }) => report.support === 'partial')
    return advised.length > 0 ? `Core succeeded with warnings in ${list(ids(advised))}` : 'Core succeeded'
  }
  const broken = cells.filter(({ report }) => report.support === 'broken')
  const refused = cells.filter(({ report }) => report.support === 'none')
  const why = [
    ...clause(broken, 'is broken', 'are broken'),
    ...clause(refused, 'is not supported', 'are not supported'),
    ...openWords(cells),
  ]
  const verb = result === 'partial' ? 'is partial' : broken.length > 0 ? 'failed' : 'is not offered'
  return `Core ${verb}: ${why.join(', ') || 'it lists no capability'}`
}

const extendedWords = (cells: readonly Cell[], supported: number): string => {
  const broken = cells.filter(({ report }) => report.support === 'broken')
  const refused = cells.filter(({ report }) => report.support === 'none')
  const unknown = cells.filter(({ report }) => report.support === 'unknown')
  return [
    `${supported} of ${cells.length} extended capabilities supported`,
    ...clause(broken, 'broken', 'broken'),
    ...clause(refused, 'not supported', 'not supported'),
    ...(unknown.length > 0 ? [`${unknown.length} not judged`] : []),
  ].join(', ')
}

/** What a run says about a profile. The words are one sentence, made for a reader who sees nothing else. */
export const profileReport = (profile: Profile, cells: readonly Cell[]): ProfileReport => {
  const byId = new Map(cells.map((cell) => [cell.report.id, cell]))
  const pick = (names: readonly string[]) => names.flatMap((id) => byId.get(id) ?? [])
  const core = pick(profile.core)
  const extended = pick(profile.extended)
  // what the target refuses, and what nothing in this run could show, takes no part in the result
  const tried = extended.filter(({ report, touched }) => touched && report.support !== 'none')
  const supported = ids(extended.filter(({ report }) => report.support === 'full' || report.support === 'partial'))
  const coreResult = resultOf(core)
  const words = coreWords(core, coreResult)
  return {
    profile: profile.id,
    title: profile.title,
    summary: `${extended.length > 0 ? `${words}; ${extendedWords(extended, supported.length)}` : words}.`,
    core: { result: coreResult, capabilities: profile.core, tally: sum(core.map(({ report }) => report.tally)) },
    extended: {
      result: resultOf(tried),
      supported,
      unsupported: ids(extended.filter(({ report }) => report.support === 'none')),
      tally: sum(extended.map(({ report }) => report.tally)),
    },
  }
}
