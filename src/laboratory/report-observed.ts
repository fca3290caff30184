import type { ClientApi } from '../types.ts'
import type { Kept } from './kept.ts'
import { type Shape, shapes } from './observed.ts'
import type { Program } from './programs.ts'
import type { Seen } from './result.ts'

/** A program of which nothing is predicted, and what it did; without `kept` it was not run. */
export interface Watched {
  readonly client: string
  readonly program: Pick<Program, 'name' | 'package' | 'apis' | 'settings'>
  readonly kept?: Kept
  readonly reason: string
}

const named: Readonly<Record<Shape, string>> = {
  works: 'works',
  'tool-error': 'tool error',
  silent: 'silent',
  error: 'error',
  retries: 'retries',
  loops: 'loop',
  hangs: 'wait',
}

/** One column: whose it is, and what was seen by fault and API. */
interface Column {
  readonly name: string
  readonly version: string
  readonly date: string
  readonly seen: readonly Seen[]
}

const caseOf = ({ chosen }: Seen): string => `${chosen.fault} | ${chosen.api}`

const countRow = ({ name, version, date, seen }: Column, api: ClientApi): string => {
  const own = seen.filter(({ chosen }) => chosen.api === api)
  const counts = shapes.map((shape) => own.filter(({ observed }) => observed.shape === shape).length)
  return `| ${[name, version, date, api, own.length, ...counts].join(' | ')} |`
}

const row = (line: string): string => `| ${line} |`
const rule = (cells: number): string => row(Array.from({ length: cells }, () => '---').join(' | '))

/** The cases in which somebody's turn does not come off, and how many there are in all. */
const caseRows = (columns: readonly Column[]): { readonly rows: readonly string[]; readonly all: number } => {
  const shapesOf = columns.map(({ seen }) => new Map(seen.map((each) => [caseOf(each), each.observed.shape])))
  const cases = [...new Set(columns.flatMap(({ seen }) => seen.map(caseOf)))].sort()
  const rows = cases.flatMap((own) => {
    const cells = shapesOf.map((known) => known.get(own))
    if (cells.every((shape) => shape === undefined || shape === 'works')) return []
    return [row([own, ...cells.map((shape) => (shape === undefined ? '' : named[shape]))].join(' | '))]
  })
  return { rows, all: cases.length }
}

/** The part of the page about programs whose behaviour is recorded and not predicted. */
export const observedPart = (beside: (Kept & { readonly client: string }) | undefined, watched: readonly Watched[]): readonly string[] => {
  const columns: Column[] = [
    ...(beside ? [{ name: 'OpenCode', version: beside.version.replace(/^opencode /, ''), date: beside.date, seen: beside.results }] : []),
    ...watched.flatMap(({ program, kept }) =>
      kept ? [{ name: program.name, version: `${program.package}`, date: kept.date, seen: kept.results }] : [],
    ),
  ]
  const { rows, all } = caseRows(columns)
  const counts = columns.flatMap((column) =>
    (['chat', 'responses'] as const)
      .filter((api) => column.seen.some(({ chosen }) => chosen.api === api))
      .map((api) => countRow(column, api)),
  )
  return [
    '## Other coding agents, observed only',
    '',
    'These columns have no prediction: nothing is replayed for these programs, and no figure above depends on them. They ran the same turn',
    'under the same faults, each turn in a process and a home of its own. OpenCode stands beside them as it was observed. "Retries" also means',
    'that a program still tried when it was ended after 90 seconds, "wait" that nothing happened for 25 seconds, twice.',
    '',
    ...watched.flatMap(({ program, kept, reason }) =>
      kept ? [] : [`**${program.name} was not run** (${program.package}): ${reason}.`, ''],
    ),
    ...watched.flatMap(({ program }) => (program.settings ? [`- ${program.name}: ${program.settings}.`] : [])),
    '',
    row(['client', 'version', 'run on', 'API', 'turns', ...shapes.map((shape) => named[shape])].join(' | ')),
    rule(5 + shapes.length),
    ...counts,
    '',
    `With ${all - rows.length} of ${all} faults, every turn that was run works. The others:`,
    '',
    row(['fault', 'API', ...columns.map(({ name }) => name)].join(' | ')),
    rule(2 + columns.length),
    ...rows,
    '',
  ]
}
