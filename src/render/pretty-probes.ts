import type { Palette, ProbeJudgement, Report } from '../types.ts'
import { escapeTerminal } from './escape.ts'
import { type TableCell, table } from './table.ts'
import { nameOf, plural, suiteOf, verdictGlyphs, verdictTones } from './words.ts'

export interface ProbeListOptions {
  readonly palette: Palette
  readonly width: number
  /** Every probe on a line of its own. */
  readonly verbose: boolean
  /** Suite id to title; a report does not carry them. */
  readonly titles: Readonly<Record<string, string>>
}

/** Up to this many alike are listed one by one. */
const few = 5

const wordsOf = ({ title, reason, verdict, attempts }: ProbeJudgement): string => {
  const words = reason === undefined || verdict === 'pass' || verdict === 'warn' || verdict === 'fail' ? title : reason
  return verdict === 'inconclusive' && attempts > 1 ? `${words} (${attempts} attempts)` : words
}

const lineOf = (probe: ProbeJudgement, palette: Palette): readonly TableCell[] => [
  { text: verdictGlyphs[probe.verdict], paint: palette[verdictTones[probe.verdict]] },
  { text: escapeTerminal(nameOf(probe.probe)) },
  { text: escapeTerminal(wordsOf(probe)), ...(probe.verdict !== 'fail' && { paint: palette.dim }) },
]

const sameWords = (probes: readonly ProbeJudgement[]): ReadonlyMap<string, readonly ProbeJudgement[]> => {
  const groups = new Map<string, ProbeJudgement[]>()
  for (const probe of probes) groups.set(wordsOf(probe), [...(groups.get(wordsOf(probe)) ?? []), probe])
  return groups
}

/** What may be folded: many that passed, and several refused or skipped for one reason. What went wrong never is. */
const folds = (probes: readonly ProbeJudgement[], palette: Palette) => {
  const hidden = new Set<ProbeJudgement>()
  const lines: string[] = []
  const passed = probes.filter(({ verdict }) => verdict === 'pass')
  if (passed.length > few) {
    for (const probe of passed) hidden.add(probe)
    lines.push(`${palette.green(verdictGlyphs.pass)} ${plural(passed.length, 'probe')}`)
  }
  for (const verdict of ['unsupported', 'skipped'] as const) {
    for (const [words, alike] of sameWords(probes.filter((probe) => probe.verdict === verdict))) {
      if (alike.length < 3) continue
      for (const probe of alike) hidden.add(probe)
      const glyph = palette[verdictTones[verdict]](verdictGlyphs[verdict])
      lines.push(`${glyph} ${plural(alike.length, 'probe')}  ${palette.dim(escapeTerminal(words))}`)
    }
  }
  return { hidden, lines }
}

/** Probes by suite, in plan order. */
export const probeList = ({ probes }: Report, { palette, width, verbose, titles }: ProbeListOptions): readonly string[] => {
  const bySuite = new Map<string, ProbeJudgement[]>()
  for (const probe of probes) {
    const suite = suiteOf(probe.probe)
    bySuite.set(suite, [...(bySuite.get(suite) ?? []), probe])
  }
  return [...bySuite].flatMap(([suite, members]) => {
    const { hidden, lines } = verbose ? { hidden: new Set(), lines: [] } : folds(members, palette)
    const title = titles[suite]
    const heading = `  ${palette.bold(escapeTerminal(suite))}${title === undefined ? '' : `  ${palette.dim(escapeTerminal(title))}`}`
    const rows = members.filter((probe) => !hidden.has(probe)).map((probe) => lineOf(probe, palette))
    return [heading, ...lines.map((line) => `    ${line}`), ...table(rows, { indent: 4, width, limit: 32, gap: [1] }), '']
  })
}
