import type { FindingReport, Level, ProbeJudgement, Report } from '../types.ts'
import { escapeTerminal, escapeXml } from './escape.ts'
import { showExcerpt } from './excerpt.ts'
import { sourceWords, suiteOf, whereabouts } from './words.ts'

export interface JunitOptions {
  /** The lowest level that is a failure; `must` by default. */
  readonly failOn?: Level
  /** Of the whole file in UTF-8; GitLab reads 30 MB. */
  readonly maxBytes?: number
}

type Kind = 'passed' | 'failure' | 'error' | 'skipped'

interface Case {
  readonly suite: string
  readonly name: string
  readonly kind: Kind
  readonly type: string
  readonly message: string
  readonly details: string
  readonly ms: number
}

const rank = { must: 2, should: 1, may: 0 } as const

const attribute = (text: string): string => escapeXml(escapeTerminal(text))

/** Our own line breaks stay; each line is escaped by itself. */
const element = (text: string): string => text.split('\n').map(attribute).join('\n')

const shortly = ({ requirement, code, text }: FindingReport): string => `${requirement}: ${code}. ${text}`.trim()

const atLength = (finding: FindingReport): string => {
  const [witness] = finding.witnesses
  const { text, carets } = showExcerpt(witness, 300)
  return [
    `${finding.level.toUpperCase()} ${finding.requirement} ${finding.code} (finding ${finding.id})`,
    finding.text,
    `where     ${whereabouts(witness.at)}`,
    ...(text === '' ? [] : [`          ${text}`]),
    ...(carets === '' ? [] : [`          ${carets}`]),
    ...(finding.expected === undefined ? [] : [`expected  ${finding.expected}`]),
    ...(finding.actual === undefined ? [] : [`actual    ${finding.actual}`]),
    ...finding.sources.slice(0, 2).map((source) => `because   ${sourceWords(source)}`),
    `again     ${finding.again.run}`,
    ...(finding.again.judge === undefined ? [] : [`offline   ${finding.again.judge}`]),
  ]
    .map((line) => escapeTerminal(line.slice(0, 2000)))
    .join('\n')
}

const most = 20

const failing = (findings: readonly FindingReport[]) => ({
  kind: 'failure' as const,
  type: findings[0]?.level ?? 'must',
  message: findings.map(shortly).slice(0, 3).join(' | '),
  details: findings.slice(0, most).map(atLength).join('\n\n'),
})

const caseOf = (probe: ProbeJudgement, findings: readonly FindingReport[], failOn: Level, target: string): Case => {
  const base = { suite: suiteOf(probe.probe), name: `${probe.probe} @ ${target}`, ms: probe.durationMs }
  const reason = probe.reason ?? probe.title
  const plain = { type: probe.verdict, message: `${probe.verdict}: ${reason}`, details: '' }
  const grave = findings.filter((finding) => rank[finding.level] >= rank[failOn])
  const fresh = grave.filter(({ baseline }) => !baseline)
  const [known] = grave
  switch (probe.verdict) {
    case 'error':
      return { ...base, ...plain, kind: 'error' }
    case 'skipped':
    case 'unsupported':
    case 'inconclusive':
      return { ...base, ...plain, kind: 'skipped' }
    case 'fail':
    case 'warn':
    case 'pass':
      if (fresh.length > 0) return { ...base, ...failing(fresh) }
      if (known) return { ...base, ...plain, kind: 'skipped', type: 'known', message: `known: ${known.baseline?.reason ?? ''}` }
      return probe.verdict === 'fail' ? { ...base, ...plain, kind: 'failure' } : { ...base, ...plain, kind: 'passed' }
    default:
      return probe.verdict satisfies never
  }
}

/** Findings that no probe shows as a failure, such as those of ambient requirements: without a case a red run would look green. */
const ambientCases = (report: Report, cases: readonly Case[], failOn: Level, target: string): readonly Case[] => {
  const red = new Set(report.probes.filter((_, index) => cases[index]?.kind === 'failure').flatMap(({ findings }) => findings))
  return report.findings
    .filter((finding) => !finding.baseline && rank[finding.level] >= rank[failOn] && !red.has(finding.id))
    .map((finding) => ({
      suite: 'ambient',
      name: `${finding.requirement} ${finding.code} ${finding.id} @ ${target}`,
      ms: 0,
      ...failing([finding]),
    }))
}

const harnessCases = (report: Report, target: string): readonly Case[] =>
  report.harness.map(({ check, requirement, probe, message }, index) => ({
    suite: 'harness',
    name: `${check} ${requirement} ${probe} #${index + 1} @ ${target}`,
    kind: 'error',
    type: 'harness',
    message: `a defect of wirecheck, not of the endpoint: check ${check} threw`,
    details: escapeTerminal(message.slice(0, 2000)),
    ms: 0,
  }))

const time = (ms: number): string => (ms / 1000).toFixed(3)

const caseXml = ({ suite, name, kind, type, message, details, ms }: Case, detailed: boolean): string => {
  const open = `    <testcase classname="${attribute(suite)}" name="${attribute(name)}" time="${time(ms)}"`
  if (kind === 'passed') return `${open}/>`
  const said = `message="${attribute(message.slice(0, 500))}"`
  // `skipped` has no type in the schemas that readers use
  const tag = kind === 'skipped' ? `skipped ${said}` : `${kind} ${said} type="${attribute(type)}"`
  const body = detailed && details !== '' ? `<${tag}>${element(details)}</${kind}>` : `<${tag}/>`
  return `${open}>\n      ${body}\n    </testcase>`
}

const totals = (cases: readonly Case[]): string => {
  const count = (kind: Kind) => cases.filter((each) => each.kind === kind).length
  return `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}"`
}

const document = (report: Report, cases: readonly Case[], detailed: boolean): string => {
  const suites = new Map<string, Case[]>()
  for (const each of cases) suites.set(each.suite, [...(suites.get(each.suite) ?? []), each])
  const properties: readonly (readonly [string, string])[] = [
    ['target', report.target.name],
    ['url', report.target.url],
    ...Object.entries(report.target.models).map(([role, model]) => [`model.${role}`, model] as const),
    ['edition', report.edition],
    ['wirecheck', report.tool.version],
    ['simulated', String(report.simulated)],
    ...report.observations.map(({ id, value }) => [`observed.${id}`, value] as const),
  ]
  const elapsed = (members: readonly Case[]) => time(members.reduce((sum, { ms }) => sum + ms, 0))
  // JUnit times carry no zone
  const timestamp = attribute(report.run.startedAt.replace(/(\.\d+)?Z$/, ''))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="wirecheck" ${totals(cases)} time="${time(report.run.durationMs)}">`,
    ...[...suites].flatMap(([suite, members]) => [
      `  <testsuite name="${attribute(suite)}" ${totals(members)} skipped="${members.filter(({ kind }) => kind === 'skipped').length}" time="${elapsed(members)}" timestamp="${timestamp}">`,
      '    <properties>',
      ...properties.map(([name, value]) => `      <property name="${attribute(name)}" value="${attribute(value)}"/>`),
      '    </properties>',
      ...members.map((each) => caseXml(each, detailed)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n')
}

/** For CI systems. GitLab takes the class name for the suite and drops later cases of one name, so names carry probe and target. */
export const renderJunit = (report: Report, { failOn = 'must', maxBytes = 30_000_000 }: JunitOptions = {}): string => {
  const target = report.target.name
  const findings = new Map(report.findings.map((finding) => [finding.id, finding]))
  const probes = report.probes.map((probe) =>
    caseOf(
      probe,
      probe.findings.flatMap((id) => findings.get(id) ?? []),
      failOn,
      target,
    ),
  )
  const cases = [...probes, ...ambientCases(report, probes, failOn, target), ...harnessCases(report, target)]
  const whole = document(report, cases, true)
  return new TextEncoder().encode(whole).length <= maxBytes ? whole : document(report, cases, false)
}
