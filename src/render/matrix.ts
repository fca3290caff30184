import type { ClientResult, Matrix, MatrixCell, MatrixColumn, MatrixTable, Palette } from '../types.ts'
import { clientGlyphs, clientTones } from './client-words.ts'
import { escapeMarkdown, escapeTerminal } from './escape.ts'
import { type TableCell, table } from './table.ts'
import { padEnd, wrap } from './width.ts'
import { resultGlyphs, supportGlyphs, supportTones } from './words.ts'

const columnName = ({ target, model }: MatrixColumn): string => `${target} ${model}`.trim()

const resultWords = (column: MatrixColumn, part: 'core' | 'extended'): string => {
  const result = column[part]
  return result === undefined ? '' : `${resultGlyphs[result]} ${result}`
}

const cellWords = ({ support, findings }: MatrixCell): string =>
  `${supportGlyphs[support]} ${support}${findings.length > 0 ? ` (${findings.length})` : ''}`

interface Note {
  readonly column: MatrixColumn
  readonly capability: string
  readonly words: string
}

/** What stands behind every cell that is not full. */
const notesOf = ({ columns, rows }: MatrixTable): readonly Note[] =>
  columns.flatMap((column, index) =>
    rows.flatMap(({ capability, cells }) => {
      const cell = cells[index]
      if (!cell || cell.support === 'full') return []
      const words = [...cell.findings.map(({ id, requirement }) => `${requirement} ${id}`), ...(cell.reason ? [cell.reason] : [])].join(
        ', ',
      )
      return words === '' ? [] : [{ column, capability, words }]
    }),
  )

const code = (text: string): string => `<code>${escapeMarkdown(text)}</code>`

/** Values as text: a habit has no support that could be full or broken. */
const markdownObservations = ({ columns, observations }: MatrixTable): readonly string[] => {
  if (observations.length === 0) return []
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    'Observed: where servers differ, and nothing fails.',
    '',
    line(['observation', ...columns.map((column) => code(columnName(column)))]),
    line(Array.from({ length: columns.length + 1 }, () => '---')),
    ...observations.map(({ title, values }) =>
      line([escapeMarkdown(title), ...values.map((value) => (value === undefined ? '' : code(value)))]),
    ),
    '',
  ]
}

const clientCell = (result: ClientResult | undefined): string => (result === undefined ? '' : `${clientGlyphs[result]} ${result}`)

/** Whether a client works, by its own code. */
const markdownClients = ({ columns, clients }: MatrixTable): readonly string[] => {
  if (clients.length === 0) return []
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    'Clients: what their own code made of the recorded answers.',
    '',
    line(['client', ...columns.map((column) => code(columnName(column)))]),
    line(Array.from({ length: columns.length + 1 }, () => '---')),
    ...clients.map(({ client, results }) => line([code(client), ...results.map(clientCell)])),
    '',
  ]
}

const markdownTable = (each: MatrixTable): readonly string[] => {
  const { columns, rows, edition } = each
  const notes = notesOf(each).map(({ column, capability, words }) => `- ${code(columnName(column))}, ${code(capability)}: ${code(words)}`)
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const results = (part: 'core' | 'extended') => line([`**${part}**`, '', ...columns.map((column) => resultWords(column, part))])
  return [
    `Suites ${escapeMarkdown(edition)}, ${columns.length} ${columns.length === 1 ? 'report' : 'reports'}.`,
    '',
    line(['capability', 'part', ...columns.map((column) => `${code(columnName(column))}${column.simulated ? ' (simulated)' : ''}`)]),
    line(Array.from({ length: columns.length + 2 }, () => '---')),
    ...rows.map(({ title, part, cells }) => line([escapeMarkdown(title), part, ...cells.map(cellWords)])),
    results('core'),
    results('extended'),
    '',
    ...markdownClients(each),
    ...markdownObservations(each),
    ...(notes.length > 0 ? ['<details><summary>Behind the cells</summary>', '', ...notes, '', '</details>', ''] : []),
  ]
}

/** A page section per profile, a table per group of reports that may be compared. */
export const renderMatrixMarkdown = (matrix: Matrix): string =>
  `${[`## ${escapeMarkdown(matrix.title)}`, '', ...matrix.tables.flatMap(markdownTable)].join('\n').trimEnd()}\n`

export interface MatrixOptions {
  readonly palette: Palette
  readonly width: number
}

const prettyTable = (each: MatrixTable, { palette, width }: MatrixOptions): readonly string[] => {
  const { columns, rows, edition, observations } = each
  const header: readonly TableCell[] = [
    { text: `suites ${edition}`, paint: palette.dim },
    ...columns.map((column) => ({ text: escapeTerminal(columnName(column)), paint: palette.bold })),
  ]
  const body = rows.map(({ capability, part, cells }): readonly TableCell[] => [
    { text: escapeTerminal(part === 'core' ? capability : `  ${capability}`) },
    ...cells.map((cell) => ({ text: cellWords(cell), paint: palette[supportTones[cell.support]] })),
  ])
  const result = (part: 'core' | 'extended'): readonly TableCell[] => [
    { text: part, paint: palette.dim },
    ...columns.map((column) => ({ text: resultWords(column, part) })),
  ]
  const observed = observations.map(({ id, values }): readonly TableCell[] => [
    { text: escapeTerminal(id) },
    ...values.map((value) => ({ text: escapeTerminal(value ?? '') })),
  ])
  const heading: readonly TableCell[] = [{ text: 'observed', paint: palette.dim }]
  const clients = each.clients.map(({ client, results }): readonly TableCell[] => [
    { text: escapeTerminal(client) },
    ...results.map((result) => ({ text: clientCell(result), ...(result === undefined ? {} : { paint: palette[clientTones[result]] }) })),
  ])
  const clientHeading: readonly TableCell[] = [{ text: 'clients', paint: palette.dim }]
  const notes = notesOf(each).flatMap(({ column, capability, words }) => {
    const label = `  ${escapeTerminal(`${columnName(column)}  ${capability}`)}  `
    const [first = '', ...rest] = wrap(escapeTerminal(words), Math.max(20, width - label.length))
    return [palette.dim(label) + first, ...rest.map((line) => padEnd('', label.length) + line)]
  })
  return [
    ...table(
      [
        header,
        ...body,
        result('core'),
        result('extended'),
        ...(clients.length > 0 ? [[], clientHeading, ...clients] : []),
        ...(observed.length > 0 ? [[], heading, ...observed] : []),
      ],
      { indent: 2, width, limit: 40 },
    ),
    '',
    ...notes,
    ...(notes.length > 0 ? [''] : []),
  ]
}

export const renderMatrixPretty = (matrix: Matrix, options: MatrixOptions): string => {
  const tables = matrix.tables.flatMap((each) => prettyTable(each, options))
  const split =
    matrix.tables.length > 1 ? ['  These reports were judged by different suites: only columns of one table may be compared.', ''] : []
  return `${[`  ${options.palette.bold(matrix.profile)}  ${options.palette.dim(matrix.title)}`, '', ...split, ...tables]
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd()}\n`
}
