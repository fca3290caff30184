import type { FindingReport, Report } from '../types.ts'
import { escapeMarkdown, escapeTerminal } from './escape.ts'
import { clientRows } from './markdown-clients.ts'
import { code, findingBlock, htmlCode } from './markdown-finding.ts'
import { cut } from './width.ts'
import { number, plural, profileSign, seconds, supportGlyphs, tallyOf, tallyWords, untouched, whyOf } from './words.ts'

export interface MarkdownOptions {
  /** Of the whole text in UTF-8; a comment on GitHub may have 65,536. */
  readonly maxBytes?: number
}

const bytes = (text: string): number => new TextEncoder().encode(text).length

const headline = (report: Report): string => {
  const fresh = report.findings.filter(({ baseline }) => !baseline)
  const count = (level: string) => new Set(fresh.filter((finding) => finding.level === level).map(({ requirement }) => requirement)).size
  const [must, should] = [count('must'), count('should')]
  const name = code(cut(escapeTerminal(report.target.name), 60))
  if (report.harness.length > 0) return `## ! wirecheck failed, not ${name}: please report it`
  if (must > 0) return `## ✗ wirecheck: ${name} violates ${plural(must, 'requirement')}`
  if (should > 0) return `## ⚠ wirecheck: ${name} meets every MUST that was judged, and misses ${should} SHOULD`
  const known = new Set(report.findings.filter(({ baseline, level }) => baseline && level !== 'may').map(({ requirement }) => requirement))
    .size
  if (known > 0) return `## ✓ wirecheck: ${name} has no new finding, and ${plural(known, 'known one')}`
  const decided = report.probes.some(({ verdict }) => verdict === 'pass' || verdict === 'warn')
  return decided ? `## ✓ wirecheck: ${name} meets every requirement that was judged` : `## ? wirecheck: ${name} could not be judged`
}

const facts = ({ target, run, edition, simulated }: Report): string =>
  [
    `${Object.values(target.models).map(code).join(', ')} at ${code(target.url)}`,
    `suites ${edition}`,
    `${plural(run.requests, 'request')}, ${number(run.inputTokens)} tokens in, ${number(run.outputTokens)} out`,
    ...(simulated ? ['**simulated**'] : []),
    run.complete ? seconds(run.durationMs) : '**interrupted**',
  ].join(' · ')

const capabilityRows = (report: Report): readonly string[] => {
  const shown = report.capabilities.filter((each) => !untouched(each))
  const silent = report.capabilities.filter(untouched).map(({ id }) => code(id))
  const rows = shown.map((each) => {
    const why = whyOf(each, report)
    const cells = [
      code(each.id),
      `${supportGlyphs[each.support]} ${each.support}`,
      tallyWords(each.tally),
      why === '' ? '' : code(cut(escapeTerminal(why), 160)),
    ]
    return `| ${cells.join(' | ')} |`
  })
  return [
    ...(rows.length > 0 ? ['| capability | support | probes | why |', '| --- | --- | --- | --- |', ...rows] : []),
    ...(silent.length > 0 ? ['', `Not judged in this run: ${silent.join(', ')}.`] : []),
    '',
  ]
}

/** Habits on which servers differ, folded away: nothing in them is right or wrong. */
const observedRows = ({ observations }: Report): readonly string[] =>
  observations.length === 0
    ? []
    : [
        '<details><summary>Observed: where servers differ, and nothing fails</summary>',
        '',
        '| observation | value | meaning |',
        '| --- | --- | --- |',
        ...observations.map(({ title, value, meaning }) => `| ${escapeMarkdown(title)} | ${code(value)} | ${escapeMarkdown(meaning)} |`),
        '',
        '</details>',
        '',
      ]

/** As many as there is room for; the list is sorted, so what is left out weighs least. */
const findingBlocks = (findings: readonly FindingReport[], room: number): readonly string[] => {
  const lines: string[] = []
  let left = room - 100
  for (const [index, finding] of findings.entries()) {
    const block = findingBlock(finding)
    left -= bytes(block.join('\n')) + 1
    if (left < 0) return [...lines, `${plural(findings.length - index, 'more finding')}: see the report itself.`, '']
    lines.push(...block)
  }
  return lines
}

const harnessRows = ({ harness }: Report): readonly string[] =>
  harness
    .slice(0, 5)
    .map(({ check, probe, message }) => `- check ${code(check)} threw on ${code(probe)}: ${htmlCode(cut(escapeTerminal(message), 300))}`)

const baselineRows = ({ baseline }: Report): readonly string[] => {
  const row = (words: string, ids: readonly string[]) => (ids.length > 0 ? [`- ${words}: ${ids.slice(0, 50).map(code).join(', ')}`] : [])
  return baseline
    ? [
        ...row('in the baseline, but no longer failing: remove', baseline.stale),
        ...row('in the baseline, but not seen in this run', baseline.unobserved),
      ]
    : []
}

/** A comment for a pull request: the answer first, the cells, then each finding folded. Notes are only counted. */
export const renderMarkdown = (report: Report, { maxBytes = 60_000 }: MarkdownOptions = {}): string => {
  const findings = report.findings.filter(({ level }) => level !== 'may')
  const notes = report.findings.length - findings.length
  const known = findings.filter(({ baseline }) => baseline)
  const fresh = findings.filter(({ baseline }) => !baseline)
  const profiles = report.profiles.map(
    (each) => `- ${profileSign(each, report).glyph} **${escapeMarkdown(each.profile)}**: ${escapeMarkdown(each.summary)}`,
  )
  const lists = [...profiles, ...baselineRows(report), ...harnessRows(report)]
  const head = [
    headline(report),
    '',
    facts(report),
    '',
    ...lists,
    ...(lists.length > 0 ? [''] : []),
    ...clientRows(report),
    ...capabilityRows(report),
    ...observedRows(report),
  ]
  const foot = [
    ...(notes > 0 ? [`${plural(notes, 'note')} at level MAY: see the report itself.`, ''] : []),
    `<sub>wirecheck ${escapeMarkdown(report.tool.version)} · ${escapeMarkdown(report.run.startedAt)} · ${tallyWords(tallyOf(report.probes))}</sub>`,
  ]
  const room = maxBytes - bytes([...head, ...foot].join('\n'))
  const blocks = findingBlocks([...fresh, ...known], room)
  return `${[...head, ...(blocks.length > 0 ? ['### Findings', ''] : []), ...blocks, ...foot].join('\n')}\n`
}
