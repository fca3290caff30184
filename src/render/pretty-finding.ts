import type { FindingReport, Palette } from '../types.ts'
import { escapeTerminal } from './escape.ts'
import { showExcerpt } from './excerpt.ts'
import { type TableCell, table } from './table.ts'
import { cut, padEnd, stringWidth, wrap } from './width.ts'
import { levelGlyphs, levelTones, place, pointerOf, seenIn, sourceWords, whereabouts } from './words.ts'

export interface FindingOptions {
  readonly palette: Palette
  readonly width: number
  readonly verbose: boolean
}

const heading = ({ id, level, requirement, code }: FindingReport, { palette, width }: FindingOptions): string => {
  const mark = `${levelGlyphs[level]} ${level.toUpperCase()}`
  const plain = `  ${mark}  ${requirement}  ${code}`
  const gap = ' '.repeat(Math.max(2, width - stringWidth(plain) - id.length))
  return `  ${palette.bold(palette[levelTones[level]](mark))}  ${palette.bold(requirement)}  ${code}${gap}${palette.dim(id)}`
}

/** A command is never cut: it is there to be copied. */
const row = (label: string, text: string, palette: Palette) => `     ${palette.dim('=')}  ${palette.dim(padEnd(label, 8))}  ${text}`

const because = ({ sources }: FindingReport, { palette, width, verbose }: FindingOptions): readonly string[] => {
  const shown = verbose ? sources : sources.slice(0, 2)
  const rest = sources.length - shown.length
  const words = [...shown.map(sourceWords), ...(rest > 0 ? [`and ${rest} more`] : [])]
  return words
    .flatMap((each) => wrap(escapeTerminal(each), width - 18))
    .map((line, index) => row(index === 0 ? 'because' : '', line, palette))
}

const pictured = (finding: FindingReport, { palette, width }: FindingOptions): readonly string[] => {
  const [witness] = finding.witnesses
  if (witness.excerpt === '') return []
  const { text, carets } = showExcerpt(witness, width - 9)
  const bar = `     ${palette.dim('|')}  `
  const pointer = escapeTerminal(pointerOf(witness.at))
  // a long mark leaves no room behind it
  const below = stringWidth(pointer) + carets.length + 10 > width ? [carets.trimStart(), pointer] : [`${carets.trimStart()} ${pointer}`]
  const blanks = ' '.repeat(carets.lastIndexOf(' ') + 1)
  return [`${bar}${text}`, ...(carets === '' ? [] : below.map((line) => `${bar}${blanks}${palette.red(line)}`))]
}

/** A finding in full: what is owed, where it was missed, who says so, and how to see it again. */
export const findingLines = (finding: FindingReport, options: FindingOptions): readonly string[] => {
  const { palette, width } = options
  const [witness] = finding.witnesses
  const expected = finding.expected
  const actual = finding.actual ?? witness.actual
  const picture = pictured(finding, options)
  const where = escapeTerminal(picture.length > 1 ? place(witness.at) : whereabouts(witness.at))
  const room = width - 18
  const value = (label: string, text: string) => row(label, cut(escapeTerminal(text), room), palette)
  const origin = finding.origin.file === '' ? '' : `${finding.origin.file}:${finding.origin.line}   `
  return [
    heading(finding, options),
    ...wrap(escapeTerminal(finding.text), width - 4).map((line) => `    ${line}`),
    `    ${palette.cyan('-->')} ${escapeTerminal(`${origin}${witness.probe}   ${where}`)}`,
    ...picture,
    ...(expected === undefined ? [] : [value('expected', expected)]),
    ...(actual === undefined ? [] : [value('actual', actual)]),
    ...because(finding, options),
    ...(finding.seen > 1 ? [value('seen in', seenIn(finding))] : []),
    row('again', escapeTerminal(finding.again.run), palette),
    ...(finding.again.judge === undefined ? [] : [row('offline', escapeTerminal(finding.again.judge), palette)]),
    ...(finding.again.curl === undefined ? [] : [row('curl', escapeTerminal(finding.again.curl), palette)]),
    '',
  ]
}

const shortRow = (finding: FindingReport, palette: Palette): readonly TableCell[] => [
  { text: finding.id, paint: palette.dim },
  { text: escapeTerminal(finding.requirement) },
  { text: escapeTerminal(finding.code) },
  {
    text: escapeTerminal(finding.baseline?.reason ?? [whereabouts(finding.witnesses[0].at), finding.actual].filter(Boolean).join(': ')),
    paint: palette.dim,
  },
]

const most = 10

/** Findings on one line each, under a heading; what is too much is counted. */
export const shortFindings = (title: string, findings: readonly FindingReport[], options: FindingOptions): readonly string[] => {
  if (findings.length === 0) return []
  const { palette, width, verbose } = options
  const shown = verbose ? findings : findings.slice(0, most)
  const hidden = findings.length - shown.length
  return [
    `  ${palette.bold(title)}`,
    ...table(
      shown.map((finding) => shortRow(finding, palette)),
      { indent: 4, width, limit: 36 },
    ),
    ...(hidden > 0 ? [palette.dim(`    ${hidden} more with --verbose`)] : []),
    '',
  ]
}
