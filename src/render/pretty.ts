import type { Palette, Report } from '../types.ts'
import { escapeTerminal } from './escape.ts'
import { clientLines } from './pretty-clients.ts'
import { findingLines, shortFindings } from './pretty-finding.ts'
import { probeList } from './pretty-probes.ts'
import { baselineLines, capabilityTable, harnessLines, observedLines, profileLines, tallyLine } from './pretty-summary.ts'
import { wrap } from './width.ts'
import { number, plural, seconds } from './words.ts'

export interface PrettyOptions {
  readonly palette: Palette
  /** Of the terminal, in cells. */
  readonly width: number
  /** Every probe and every note in full. */
  readonly verbose?: boolean
  /** Suite id to title. */
  readonly titles?: Readonly<Record<string, string>>
}

const header = (report: Report, palette: Palette, width: number): readonly string[] => {
  const { target, run, traits } = report
  const line = (label: string, ...parts: readonly string[]) => `  ${palette.dim(label.padEnd(7))} ${parts.filter(Boolean).join('   ')}`
  const models = Object.values(target.models).map(escapeTerminal).join(', ')
  const tokens = run.inputTokens + run.outputTokens > 0 ? `${number(run.inputTokens)} tokens in, ${number(run.outputTokens)} out` : ''
  const found = traits.map(({ name, how }) => escapeTerminal(`${name} (${how})`)).join(', ')
  return [
    '',
    line('target', palette.bold(escapeTerminal(target.url)), models, palette.dim(`suites ${report.edition}`)),
    line(
      'run',
      plural(report.probes.length, 'probe'),
      plural(run.requests, 'request'),
      tokens,
      run.complete ? seconds(run.durationMs) : '',
    ),
    ...wrap(found, width - 10).map((each, index) => line(index === 0 ? 'traits' : '', each)),
    ...(report.simulated ? [line('', palette.cyan('simulated: this target is an endpoint made for tests, not a product'))] : []),
    ...(target.insecure ? [line('', palette.yellow('insecure: certificates were not verified'))] : []),
    ...(run.complete ? [] : [line('', palette.yellow('interrupted: what follows is about a part of the plan'))]),
    '',
  ]
}

/** The report for a terminal: what ran, what is wrong and how to see it again, what is supported, and the counts last. */
export const renderPretty = (report: Report, { palette, width, verbose = false, titles = {} }: PrettyOptions): string => {
  const options = { palette, width: Math.max(60, width), verbose }
  const fresh = report.findings.filter(({ baseline }) => !baseline)
  const notes = fresh.filter(({ level }) => level === 'may')
  const full = verbose ? fresh : fresh.filter(({ level }) => level !== 'may')
  const lines = [
    ...header(report, palette, options.width),
    ...probeList(report, { ...options, titles }),
    ...full.flatMap((finding) => findingLines(finding, options)),
    ...(verbose ? [] : shortFindings('notes', notes, options)),
    ...shortFindings(
      'known, by the baseline',
      report.findings.filter(({ baseline }) => baseline),
      options,
    ),
    ...capabilityTable(report, options),
    ...profileLines(report, options),
    ...clientLines(report, options),
    ...observedLines(report, options),
    ...baselineLines(report, options),
    ...harnessLines(report, options),
    tallyLine(report, options),
  ]
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}
