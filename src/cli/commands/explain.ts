import { existsSync } from 'node:fs'
import { checks } from '../../checks/index.ts'
import { load, readTranscript } from '../../index.ts'
import { escapeTerminal } from '../../render/escape.ts'
import { wrap } from '../../render/width.ts'
import type { Failure } from '../../suite/failures.ts'
import { suggest } from '../../suite/suggest.ts'
import type { FindingReport, ObservationRule, Report, Requirement } from '../../types.ts'
import { curlLine } from '../curl.ts'
import { CliError } from '../exit-code.ts'
import { field, paragraph } from '../explain-lines.ts'
import { requirementLines } from '../explain-requirement.ts'
import { readReport } from '../read-report.ts'
import type { Terminal } from '../terminal.ts'

export interface ExplainOptions {
  readonly id: string
  readonly curl?: boolean
  readonly report: string
}

/** Explains a requirement, check, capability, probe, observation or finding; a finding is looked up in a report. */
export const explain = async ({ id, curl = false, report: file }: ExplainOptions, terminal: Terminal): Promise<number> => {
  const { out } = terminal
  const width = terminal.proseWidth ?? 80
  const { suites, catalog } = load()
  const requirements = suites.flatMap((suite) => suite.requirements)
  const probes = suites.flatMap((suite) => suite.probes)
  const requirement = requirements.find((entry) => entry.id === id)
  if (requirement) {
    const [{ loadFailures }, { faults }] = await Promise.all([import('../../builtin/failures.ts'), import('../../reference/faults.ts')])
    return say(out, requirementLines(requirement, { probes, failures: loadFailures(), faults, width }))
  }
  const check = checks.get(id)
  if (check) {
    const used = requirements.filter((entry) => entry.check.id === id).map((entry) => entry.id)
    return say(out, [
      `check ${id}`,
      '',
      ...paragraph(check.summary, width),
      '',
      ...field('codes', check.codes.join(', '), width),
      ...field('decides', used.join(', '), width),
    ])
  }
  const probe = probes.find((entry) => entry.id === id || entry.id.startsWith(`${id}[`))
  if (probe) {
    const steps = probe.steps.flatMap(({ endpoint, expect }, index) => [
      `  step ${index}    ${endpoint}`,
      ...field('', `shows ${expect.join(', ')}`, width),
    ])
    return say(out, [
      `probe ${probe.id}`,
      '',
      ...paragraph(probe.title, width),
      ...(probe.why === undefined ? [] : paragraph(probe.why, width)),
      '',
      `  feeds     ${probe.capability}`,
      ...(probe.parallel === undefined ? [] : [`  sends     every step ${probe.parallel} times at once`]),
      ...steps,
      `  written   ${probe.origin.file}:${probe.origin.line}`,
    ])
  }
  const capability = catalog.capabilities.find((entry) => entry.id === id)
  if (capability) {
    const owed = requirements.filter((entry) => entry.capability === id).map((entry) => `    ${entry.level.padEnd(6)} ${entry.id}`)
    return say(out, [`capability ${id}`, '', ...paragraph(capability.question, width), '', ...owed])
  }
  const observation = catalog.observations.find((entry) => entry.id === id)
  if (observation) return say(out, observationLines(observation, width))
  const known = [...requirements, ...probes, ...catalog.capabilities, ...catalog.observations].map((entry) => entry.id)
  // findings are looked up most, and need none of this
  if (!isFindingId(id)) {
    const failures = (await import('../../builtin/failures.ts')).loadFailures()
    const failure = Object.hasOwn(failures, id) ? failures[id] : undefined
    if (failure) return say(out, failureLines(id, failure, requirements, width))
    known.push(...Object.keys(failures))
  }
  return explainFinding(id, file, curl, terminal, known)
}

const say = (out: Terminal['out'], lines: readonly string[]): number => {
  out(`${lines.join('\n')}\n`)
  return 0
}

const observationLines = ({ id, title, question, from, values }: ObservationRule, width: number): string[] => [
  `observation ${id}   ${title}`,
  '',
  ...paragraph(question, width),
  ...paragraph('Servers differ here: the value is told, and nothing passes or fails by it.', width),
  '',
  ...Object.entries(values).flatMap(([value, meaning]) => [
    `  ${value}`,
    ...wrap(meaning.trim(), width - 6).map((line) => `      ${line}`),
  ]),
  ...(from ? ['', ...field('seen in', from.join(', '), width)] : []),
]

const isFindingId = (id: string): boolean => /^[0-9a-f]{8}$/.test(id)

const failureLines = (
  id: string,
  { title, threads, caught, missed }: Failure,
  requirements: readonly Requirement[],
  width: number,
): string[] => {
  const answer = () => {
    if (missed) return field('missed', `${missed.why}: ${missed.reason}`, width)
    if (!caught) return []
    if ('observation' in caught) return [`  told      by observation ${caught.observation}, value ${caught.value}`]
    const level = requirements.find((entry) => entry.id === caught.requirement)?.level.toUpperCase() ?? ''
    return [`  caught    by requirement ${caught.requirement}   ${level}`]
  }
  return [
    `failure ${id}`,
    '',
    ...paragraph(title, width),
    '',
    ...answer(),
    ...(caught ? [`  again     wirecheck run --profile full --fault ${caught.fault}`] : []),
    ...threads.map((url) => `  reported  ${url}`),
  ]
}

const explainFinding = (id: string, file: string, curl: boolean, { out }: Terminal, known: readonly string[]): number => {
  if (!isFindingId(id)) throw new CliError(`nothing is called "${id}"${suggest(id, known)}`)
  if (!existsSync(file)) throw new CliError(`"${id}" looks like a finding, but there is no ${file}; name the report with --report`)
  const report = readReport(file)
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
  const lines = [
    `finding ${id}   ${finding.level.toUpperCase()}  ${finding.requirement}  ${finding.code}`,
    '',
    `  ${finding.text}`,
    '',
    ...(finding.expected === undefined ? [] : [`  expected  ${finding.expected}`]),
    ...(finding.actual === undefined ? [] : [`  actual    ${finding.actual}`]),
    `  bytes     ${witness.excerpt}`,
    `  seen in   ${finding.seen} exchanges: ${finding.witnesses.map(({ probe }) => probe).join(', ')}`,
    ...finding.sources.map(({ title, url }) => `  source    ${title}${url === undefined ? '' : `  ${url}`}`),
    `  again     ${finding.again.run}`,
    ...(finding.again.judge === undefined ? [] : [`  offline   ${finding.again.judge}`]),
    `  by hand   wirecheck explain ${id} --curl`,
  ]
  // a report may come from anywhere, and it quotes what endpoints sent
  return say(out, lines.map(escapeTerminal))
}

/** The request of the first witness as a curl line; the key stays a variable of the shell. */
const curlOf = ({ witnesses }: FindingReport, { run }: Report): string => {
  const [{ probe, attempt, step }] = witnesses
  if (run.transcript === undefined) throw new CliError('the report names no transcript, so the request is not known any more')
  try {
    for (const exchange of readTranscript(run.transcript, { partial: true }).exchanges()) {
      if (exchange.probe === probe && exchange.attempt === attempt && exchange.step === step) return curlLine(exchange.request)
    }
  } catch (error) {
    throw new CliError(`${run.transcript} cannot be used: ${(error as Error).message}`)
  }
  throw new CliError(`${run.transcript} has no exchange of ${probe}, attempt ${attempt}, step ${step}`)
}
