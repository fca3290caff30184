import type { Palette, Report } from '../types.ts'
import { escapeTerminal } from './escape.ts'
import { type TableCell, table } from './table.ts'
import { padEnd, stringWidth, wrap } from './width.ts'
import { plural, profileSign, supportGlyphs, supportTones, tallied, tallyOf, tallyWords, untouched, verdictTones, whyOf } from './words.ts'

interface Options {
  readonly palette: Palette
  readonly width: number
}

const hanging = (label: string, text: string, indent: number, width: number): readonly string[] =>
  wrap(text, width - indent).map((line, index) => padEnd(index === 0 ? label : '', indent) + line)

export const capabilityTable = (report: Report, { palette, width }: Options): readonly string[] => {
  const shown = report.capabilities.filter((each) => !untouched(each))
  const silent = report.capabilities.filter(untouched).map(({ id }) => id)
  const rows = shown.map((each): readonly TableCell[] => [
    { text: escapeTerminal(each.id) },
    { text: `${supportGlyphs[each.support]} ${each.support}`, paint: palette[supportTones[each.support]] },
    { text: tallyWords(each.tally) },
    { text: escapeTerminal(whyOf(each, report)), paint: palette.dim },
  ])
  const header = ['capability', 'support', 'probes', 'why'].map((text): TableCell => ({ text, paint: palette.dim }))
  return [
    ...(rows.length > 0 ? table([header, ...rows], { indent: 2, width, limit: 30 }) : []),
    ...hanging('  not judged', escapeTerminal(silent.join(', ')), 14, width).map((line) => palette.dim(line)),
    '',
  ]
}

export const profileLines = (report: Report, { palette, width }: Options): readonly string[] => {
  const { profiles } = report
  const indent = 6 + Math.max(0, ...profiles.map(({ profile }) => stringWidth(escapeTerminal(profile))))
  const lines = profiles.flatMap((each) => {
    const { profile, summary } = each
    const [first = '', ...rest] = hanging('', escapeTerminal(summary), indent, width - 2)
    const name = padEnd(escapeTerminal(profile), indent - 4)
    const { glyph, tone } = profileSign(each, report)
    return [`  ${palette[tone](glyph)} ${palette.bold(name)}${first.slice(indent)}`, ...rest]
  })
  return profiles.length > 0 ? [`  ${palette.bold('profiles')}`, ...lines.map((line) => `  ${line}`), ''] : []
}

/** Habits on which servers differ: the value, and what it means as far as there is room, or in full. */
export const observedLines = ({ observations }: Report, { palette, width, verbose }: Options & { verbose: boolean }): readonly string[] => {
  if (observations.length === 0) return []
  const texts = observations.map(({ id, value, meaning }) => [id, value, meaning].map(escapeTerminal) as [string, string, string])
  const lines = verbose
    ? texts.flatMap(([id, value, meaning]) => [
        `    ${id}  ${palette.bold(value)}`,
        ...wrap(meaning, width - 6).map((line) => `      ${line}`),
      ])
    : table(
        texts.map(([id, value, meaning]) => [{ text: id }, { text: value }, { text: meaning, paint: palette.dim }]),
        { indent: 4, width, limit: 24 },
      )
  const hint = 'where servers differ, and nothing fails; see wirecheck explain NAME'
  return [`  ${palette.bold('observed')}  ${palette.dim(hint)}`, ...lines, '']
}

export const baselineLines = ({ baseline }: Report, { palette, width }: Options): readonly string[] => {
  if (!baseline || baseline.stale.length + baseline.unobserved.length === 0) return []
  const line = (words: string, ids: readonly string[]) => hanging(`    ${words}`, escapeTerminal(ids.join(', ')), 34, width)
  return [
    `  ${palette.bold('baseline')}`,
    ...line('no longer fails, remove it', baseline.stale).map((each) => palette.red(each)),
    ...line('not seen in this run', baseline.unobserved).map((each) => palette.yellow(each)),
    '',
  ]
}

/** Ours, and not to be mistaken for the endpoint's. */
export const harnessLines = ({ harness }: Report, { palette, width }: Options): readonly string[] => {
  if (harness.length === 0) return []
  const faults = harness.flatMap(({ check, requirement, probe, message }) => [
    `  ${palette.bold(palette.red('! harness'))}  check ${escapeTerminal(check)} threw on ${escapeTerminal(`${probe} (${requirement})`)}`,
    ...wrap(escapeTerminal(message), width - 13).map((line) => `             ${line}`),
  ])
  return [...faults, `             ${palette.bold('a defect of wirecheck, not of the endpoint: please report it')}`, '']
}

/** The last line of every run, so that silence is never the message. */
export const tallyLine = (report: Report, { palette }: Options): string => {
  const verdicts = tallied(tallyOf(report.probes)).map(([verdict, count]) => palette[verdictTones[verdict]](`${count} ${verdict}`))
  const count = (level: string) => report.findings.filter((finding) => finding.level === level && !finding.baseline).length
  const known = report.findings.filter(({ baseline }) => baseline).length
  const findings = [
    ...(['must', 'should', 'may'] as const).flatMap((level) => (count(level) > 0 ? [`${count(level)} ${level}`] : [])),
    ...(known > 0 ? [`${known} known`] : []),
  ]
  const probes = verdicts.length > 0 ? verdicts.join('  ') : 'no probe ran'
  const all = report.findings.length
  return `  ${probes}   ${palette.dim(all > 0 ? `${plural(all, 'finding')}: ${findings.join(', ')}` : 'no finding')}`
}
