import { cut, padEnd, stringWidth } from './width.ts'

export interface TableCell {
  /** Escaped and without colour: the width is taken from it. */
  readonly text: string
  readonly paint?: (text: string) => string
}

export interface TableOptions {
  readonly indent: number
  /** Of the whole line; the last column is cut to what is left of it. */
  readonly width: number
  /** Widest that any column but the last may get. */
  readonly limit?: number
  /** Blanks after the first, second, ... column; two where it says nothing. */
  readonly gap?: readonly number[]
}

/** Lines of aligned columns. */
export const table = (
  rows: readonly (readonly TableCell[])[],
  { indent, width, limit = 40, gap = [] }: TableOptions,
): readonly string[] => {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.min(limit, Math.max(0, ...rows.map((row) => stringWidth(row[column]?.text ?? '')))),
  )
  const gapAfter = (column: number) => gap[column] ?? 2
  const before = widths.slice(0, -1).reduce((sum, each, column) => sum + each + gapAfter(column), indent)
  const last = Math.max(12, width - before)
  return rows.map((row) => {
    // colour comes after padding and cutting, and never around trailing blanks
    const filled = row.findLastIndex(({ text }) => text !== '')
    const cells = row.slice(0, filled + 1).map(({ text, paint = (plain) => plain }, column) => {
      const shown = cut(text, column === columns - 1 ? last : (widths[column] ?? 0))
      const padding = column === filled ? '' : padEnd('', (widths[column] ?? 0) - stringWidth(shown) + gapAfter(column))
      return paint(shown) + padding
    })
    return (' '.repeat(indent) + cells.join('')).trimEnd()
  })
}
