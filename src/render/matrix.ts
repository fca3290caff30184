import type { Matrix, MatrixCell, MatrixColumn, MatrixTable, Palette } from '../types.ts'
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
  const { columns, rows, edition } = each
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
  const notes = notesOf(each).flatMap(({ column, capability, words }) => {
    const label = `  ${escapeTerminal(`${columnName(column)}  ${capability}`)}  `
    const [first = '', ...rest] = wrap(escapeTerminal(words), Math.max(20, width - label.length))
    return [palette.dim(label) + first, ...rest.map((line) => padEnd('', label.length) + line)]
  })
  return [
    ...table([header, ...body, result('core'), result('extended')], { indent: 2, width, limit: 40 }),
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
