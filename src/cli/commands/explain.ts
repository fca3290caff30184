import { existsSync, readFileSync } from 'node:fs'
import { checks } from '../../checks/index.ts'
import { load, readTranscript } from '../../index.ts'
import { escapeTerminal } from '../../render/escape.ts'
import { suggest } from '../../suite/suggest.ts'
import type { FindingReport, Report, Requirement } from '../../types.ts'
import { curlLine } from '../curl.ts'
import { CliError } from '../exit-code.ts'
import type { Terminal } from '../terminal.ts'

export interface ExplainOptions {
  readonly id: string
  readonly curl?: boolean
  readonly report: string
}

/** Explains a requirement, check, capability, probe or finding; a finding is looked up in a report. */
export const explain = async ({ id, curl = false, report: file }: ExplainOptions, terminal: Terminal): Promise<number> => {
  const { out } = terminal
  const { suites, catalog } = load()
  const requirements = suites.flatMap((suite) => suite.requirements)
  const probes = suites.flatMap((suite) => suite.probes)
  const requirement = requirements.find((entry) => entry.id === id)
  if (requirement)
    return say(
      out,
      requirementLines(
        requirement,
        probes.filter(({ steps }) => steps.some(({ expect }) => expect.includes(id))).map((probe) => probe.id),
      ),
    )
  const check = checks.get(id)
  if (check) {
    const used = requirements.filter((entry) => entry.check.id === id).map((entry) => entry.id)
    return say(out, [
      `check ${id}`,
      '',
      `  ${check.summary}`,
      '',
      `  codes     ${check.codes.join(', ')}`,
      `  decides   ${used.join(', ')}`,
    ])
  }
  const probe = probes.find((entry) => entry.id === id || entry.id.startsWith(`${id}[`))
  if (probe) {
    const steps = probe.steps.flatMap(({ endpoint, expect }, index) => [
      `  step ${index}    ${endpoint}`,
      `            shows ${expect.join(', ')}`,
    ])
    return say(out, [
      `probe ${probe.id}`,
      '',
      `  ${probe.title}`,
      ...(probe.why === undefined ? [] : [`  ${probe.why}`]),
      '',
      `  feeds     ${probe.capability}`,
      ...steps,
      `  written   ${probe.origin.file}:${probe.origin.line}`,
    ])
  }
  const capability = catalog.capabilities.find((entry) => entry.id === id)
  if (capability) {
    const owed = requirements.filter((entry) => entry.capability === id).map((entry) => `    ${entry.level.padEnd(6)} ${entry.id}`)
    return say(out, [`capability ${id}`, '', `  ${capability.question}`, '', ...owed])
  }
  return explainFinding(
    id,
    file,
    curl,
    terminal,
    [...requirements, ...probes, ...catalog.capabilities].map((entry) => entry.id),
  )
}

const say = (out: Terminal['out'], lines: readonly string[]): number => {
  out(`${lines.join('\n')}\n`)
  return 0
}

const requirementLines = (
  { id, level, text, capability, check, when, sources, origin, tolerate }: Requirement,
  probes: readonly string[],
): string[] => [
  `requirement ${id}   ${level.toUpperCase()}`,
  '',
  `  ${text}`,
  '',
  `  feeds     ${capability ?? 'the capability of the probe that shows it'}`,
  `  decided   by check ${check.id}${check.args === undefined ? '' : ` ${JSON.stringify(check.args)}`}`,
  ...(tolerate ? [`  tolerated ${tolerate.of - tolerate.need} misses of ${tolerate.of}`] : []),
  ...(when ? [`  judged on every exchange that matches ${JSON.stringify(when)}`] : []),
  ...(probes.length > 0 ? [`  shown     by ${probes.join(', ')}`] : []),
  ...sources.map(
    ({ title, url, path }) => `  source    ${title}${url === undefined ? '' : `  ${url}`}${path === undefined ? '' : `  ${path}`}`,
  ),
  `  written   ${origin.file}:${origin.line}`,
]

const explainFinding = (id: string, file: string, curl: boolean, { out }: Terminal, known: readonly string[]): number => {
  if (!/^[0-9a-f]{8}$/.test(id)) throw new CliError(`nothing is called "${id}"${suggest(id, known)}`)
  if (!existsSync(file)) throw new CliError(`"${id}" looks like a finding, but there is no ${file}; name the report with --report`)
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report
  const finding = report.findings.find((entry) => entry.id === id)
  if (!finding)
    throw new CliError(
      `${file} has no finding ${id}${suggest(
        id,
        report.findings.map((entry) => entry.id),
      )}`,
    )
  if (curl) return say(out, [curlOf(finding, report)])
  const [witness] = finding.witnesses
  return say(out, [
    `finding ${id}   ${finding.level.toUpperCase()}  ${finding.requirement}  ${finding.code}`,
    '',
    `  ${finding.text}`,
    '',
    ...(finding.expected === undefined ? [] : [`  expected  ${escapeTerminal(finding.expected)}`]),
    ...(finding.actual === undefined ? [] : [`  actual    ${escapeTerminal(finding.actual)}`]),
    `  bytes     ${escapeTerminal(witness.excerpt)}`,
    `  seen in   ${finding.seen} exchanges: ${finding.witnesses.map(({ probe }) => probe).join(', ')}`,
    ...finding.sources.map(({ title, url }) => `  source    ${title}${url === undefined ? '' : `  ${url}`}`),
    `  again     ${finding.again.run}`,
    ...(finding.again.judge === undefined ? [] : [`  offline   ${finding.again.judge}`]),
    `  by hand   wirecheck explain ${id} --curl`,
  ])
}

/** The request of the first witness as a curl line; the key stays a variable of the shell. */
const curlOf = ({ witnesses }: FindingReport, { run }: Report): string => {
  const [{ probe, attempt, step }] = witnesses
  if (run.transcript === undefined) throw new CliError('the report names no transcript, so the request is not known any more')
  for (const exchange of readTranscript(run.transcript, { partial: true }).exchanges()) {
    if (exchange.probe === probe && exchange.attempt === attempt && exchange.step === step) return curlLine(exchange.request)
  }
  throw new CliError(`${run.transcript} has no exchange of ${probe}, attempt ${attempt}, step ${step}`)
}
