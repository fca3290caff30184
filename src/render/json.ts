import type { Report } from '../types.ts'

const hidden = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu

/** One escape per UTF-16 unit: JSON knows no other. */
const unit = (character: string): string =>
  Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join('')

/** The report itself. What a terminal would obey or hide is written as an escape, so that the file may be printed too. */
export const renderJson = (report: Report): string => `${JSON.stringify(report, null, 2).replace(hidden, unit)}\n`
