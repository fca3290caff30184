import { wrap } from '../render/width.ts'

/** Prose of the whole width, indented by two. */
export const paragraph = (text: string, width: number): readonly string[] => wrap(text, width - 2).map((line) => `  ${line}`)

/** A label and what it stands for, which hangs beside it when it takes several lines. */
export const field = (label: string, text: string, width: number, column = 12): readonly string[] =>
  wrap(text, width - column).map((line, index) => `${index === 0 ? `  ${label}`.padEnd(column) : ' '.repeat(column)}${line}`)
