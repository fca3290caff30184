import type { ClientTrouble, FindingReport, Requirement } from '../types.ts'
import type { Cause } from './cause.ts'
import { type Judged, ofModel } from './causes-model.ts'
import type { Evidence } from './evidence.ts'
import type { Fix } from './rule.ts'
import { unseen } from './unseen.ts'

/** Switches of servers that are known to mend what a requirement names. */
const flags: Readonly<Record<string, readonly Fix[]>> = {
  'tools.no-markup-leak': [
    { kind: 'flag', server: 'vLLM', flag: '--enable-auto-tool-choice --tool-call-parser <the parser of your model>' },
    { kind: 'flag', server: 'SGLang', flag: '--tool-call-parser <the parser of your model>' },
  ],
  'reasoning.separate': [{ kind: 'flag', server: 'vLLM and SGLang', flag: '--reasoning-parser <the parser of your model>' }],
}

/** Headers of answers by which gateways are known; behind one of these the fault may lie further on. */
const isGateway = ({ first }: Evidence): boolean =>
  first?.exchange.outcome.kind === 'response' &&
  first.exchange.outcome.headers.some(
    ([name, value]) =>
      /^(via|cf-ray|x-litellm-|x-amzn-|x-azure-|apim-|x-portkey-|x-kong-)/i.test(`${name}`) ||
      /^(cloudflare|openresty|kong|litellm)/i.test(/^server$/i.test(name) ? value : ''),
  )

const requirementsOf = ({ suites }: Evidence): ReadonlyMap<string, Requirement> =>
  new Map(suites.flatMap(({ requirements }) => requirements).map((requirement) => [requirement.id, requirement]))

/** What OpenCode could not use, and what was wrong on the wire; then what else is wrong and known to matter to it. */
export const causesOfRun = (judged: Judged): readonly Cause[] => {
  const { report } = judged
  const findings = new Map(report.findings.map((finding) => [finding.id, finding]))
  const requirements = requirementsOf(judged)
  const troubles =
    report.clients?.find(({ client }) => client === 'opencode-1.18')?.troubles.filter(({ api }) => api === judged.effective.api) ?? []
  const causes: Cause[] = []
  const told = new Set<string>()
  for (const result of ['breaks', 'degraded'] as const) {
    for (const trouble of troubles.filter((each) => each.result === result)) {
      const named = trouble.findings
        .flatMap((id) => findings.get(id) ?? [])
        .filter(({ requirement }) => isKnownToMatter(requirements.get(requirement)))
        .toSorted(byLevel)
      const [finding] = named
      if (finding === undefined && isModelsOwn(trouble)) continue
      const key = finding ? finding.requirement : `${trouble.symptom} ${trouble.error ?? ''}`
      if (told.has(key)) continue
      told.add(key)
      for (const { requirement } of named) told.add(requirement)
      causes.push(finding ? fromFinding(judged, finding, requirements.get(finding.requirement), trouble) : fromTrouble(judged, trouble))
    }
  }
  const rest = report.findings.filter(({ requirement, level }) => level !== 'may' && !told.has(requirement))
  for (const finding of rest) {
    if (isUnused(judged.effective, finding.requirement)) continue
    // what no client read is told by what it owes
    const silent = report.clients === undefined && finding.level === 'must' && isKnownToMatter(requirements.get(finding.requirement))
    const codes = Object.hasOwn(unseen, finding.requirement) ? unseen[finding.requirement] : silent ? 'any' : undefined
    if (told.has(finding.requirement) || codes === undefined || (codes !== 'any' && !codes.includes(finding.code))) continue
    told.add(finding.requirement)
    causes.push(fromFinding(judged, finding, requirements.get(finding.requirement), undefined))
  }
  const { client, first } = judged
  // a prompt of the real size may meet what the small ones of the harness do not
  if (client?.result === 'breaks' && first && !causes.some(({ breaks }) => breaks))
    causes.push(
      fromTrouble(judged, { ...client, api: judged.effective.api === 'responses' ? 'responses' : 'chat', findings: [], unexplained: true }),
    )
  return [...causes.toSorted((one, other) => Number(other.breaks) - Number(one.breaks)), ...ofModel(judged)]
}

/** What a model does with a right request is no fault of the endpoint: random words, arguments that do not fit. */
const isModelsOwn = ({ symptom }: ClientTrouble): boolean =>
  ['empty', 'reasoning-only', 'arguments-unfit', 'invalid-arguments', 'unknown-tool', 'refusal-dropped'].includes(symptom)

/** What a package never sends cannot go wrong with it. */
const isUnused = ({ includeUsage, package: { tools } }: Evidence['effective'], requirement: string): boolean =>
  (!includeUsage && requirement.startsWith('stream.usage.')) || (tools === false && /^(tools|history|opencode)\./.test(requirement))

/** A finding on the same answer need not be what the client stumbled over. */
const isKnownToMatter = (requirement: Requirement | undefined): boolean =>
  !/No client is known|OpenCode 1\.18( and the AI SDK)? (is not disturbed|does without|do without)/.test(requirement?.impact ?? '')

const levels = ['must', 'should', 'may']
const byLevel = (one: FindingReport, other: FindingReport): number => levels.indexOf(one.level) - levels.indexOf(other.level)

const fromFinding = (
  judged: Judged,
  finding: FindingReport,
  requirement: Requirement | undefined,
  trouble: ClientTrouble | undefined,
): Cause => {
  const [witness] = finding.witnesses
  const curl = judged.curlOf(witness.probe, witness.attempt, witness.step)
  const seen = finding.actual ?? witness.actual
  const text = `${finding.text} Seen instead: ${finding.code}${seen === undefined ? '' : `, ${seen}`}.`
  return {
    id: finding.requirement,
    culprit: isGateway(judged) ? 'gateway' : 'endpoint',
    title: finding.text,
    sees: trouble ? seesOf(trouble) : (requirement?.impact ?? ''),
    wire: witness.excerpt,
    fixes: [...(flags[finding.requirement] ?? []), { kind: 'vendor', text, ...(curl === undefined ? {} : { curl }) }],
    breaks: trouble?.result === 'breaks',
    rules: [],
  }
}

const seesOf = ({ sees, error }: ClientTrouble): string => `${sees}${error === undefined ? '' : `: "${error}"`}`

const fromTrouble = (judged: Judged, trouble: ClientTrouble): Cause => {
  const { evidence } = trouble
  const curl = judged.curlOf(evidence.probe, evidence.attempt, evidence.step)
  return {
    id: `client.${trouble.symptom}`,
    culprit: isGateway(judged) ? 'gateway' : 'endpoint',
    title: titleOf(trouble),
    sees: seesOf(trouble),
    wire: `the answer to ${evidence.probe}`,
    fixes: [{ kind: 'vendor', text: `OpenCode 1.18: ${seesOf(trouble)}.`, ...(curl === undefined ? {} : { curl }) }],
    breaks: trouble.result === 'breaks',
    rules: [],
  }
}

const titleOf = ({ refused, symptom }: ClientTrouble): string => {
  if (refused) return 'the endpoint refuses a request that OpenCode sends'
  return symptom === 'retried' || symptom === 'server-error-shown'
    ? 'the endpoint reports a failure of its own in the middle of an answer'
    : 'OpenCode cannot use an answer of the endpoint'
}
