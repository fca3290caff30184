import type { ClientTrouble, FindingReport, Report, Requirement } from '../types.ts'
import { type Cause, patchFor } from './cause.ts'
import type { Evidence } from './evidence.ts'
import { type Api, pathOf } from './packages.ts'
import type { Fix } from './rule.ts'
import { unseen } from './unseen.ts'
import { at } from './world.ts'

/** Switches of servers that are known to mend what a requirement names. */
const flags: Readonly<Record<string, readonly Fix[]>> = {
  'tools.no-markup-leak': [
    { kind: 'flag', server: 'vLLM', flag: '--enable-auto-tool-choice --tool-call-parser <the parser of your model>' },
    { kind: 'flag', server: 'SGLang', flag: '--tool-call-parser <the parser of your model>' },
  ],
  'reasoning.separate': [{ kind: 'flag', server: 'vLLM and SGLang', flag: '--reasoning-parser <the parser of your model>' }],
}

type Judged = Evidence & { readonly report: Report }

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
    for (const trouble of troubles.filter((each) => each.result === result && !isModelsOwn(each))) {
      const named = trouble.findings
        .flatMap((id) => findings.get(id) ?? [])
        .filter(({ requirement }) => isKnownToMatter(requirements.get(requirement)))
        .toSorted(byLevel)
      const [finding] = named
      const key = finding ? finding.requirement : `${trouble.symptom} ${trouble.error ?? ''}`
      if (told.has(key)) continue
      told.add(key)
      for (const { requirement } of named) told.add(requirement)
      causes.push(finding ? fromFinding(judged, finding, requirements.get(finding.requirement), trouble) : fromTrouble(judged, trouble))
    }
  }
  const rest = report.findings.filter(({ requirement, level }) => level !== 'may' && !told.has(requirement))
  for (const finding of rest) {
    const codes = Object.hasOwn(unseen, finding.requirement) ? unseen[finding.requirement] : undefined
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
const isModelsOwn = ({ symptom, findings }: ClientTrouble): boolean =>
  findings.length === 0 &&
  ['empty', 'reasoning-only', 'arguments-unfit', 'invalid-arguments', 'unknown-tool', 'refusal-dropped'].includes(symptom)

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

/** Whether the harness got any answer from the endpoint that OpenCode uses. */
export const wasAnswered = ({ endpoints }: Report, api: Api): boolean =>
  endpoints.some(({ endpoint, presence }) => endpoint === `POST ${pathOf[api]}` && presence === 'answered')

/** What the model does not do, while the configuration or the user counts on it. */
const ofModel = ({ effective, report, thoughts }: Judged): readonly Cause[] => {
  if (!wasAnswered(report, effective.api)) return []
  const causes: Cause[] = []
  const traits = new Map(report.traits.map(({ name, how }) => [name, how]))
  const observation = (id: string) => report.requirements.find((requirement) => requirement.id === id)?.observation
  const shown = effective.api === 'responses' ? observation('rtools.call') : observation('tools.call')
  const asked = report.probes.some(({ probe, requests }) => requests > 0 && /^(chat|responses)-tools\/round-trip/.test(probe))
  if (asked && shown === 'unobserved')
    causes.push({
      id: 'no-tool-calls',
      culprit: 'model',
      title: 'the model was asked for a tool call several times, and made none',
      sees: 'the model talks about what it would do, and nothing happens; OpenCode does not run calls that are written as text',
      fixes: [
        {
          kind: 'say',
          text: 'use a model that was trained to call functions; neither tool_call nor tools in the configuration changes it',
        },
      ],
      breaks: false,
      rules: ['CF-33', 'CF-34'],
    })
  const declared = at(effective.value, ['reasoning'])
  if (declared === true && !traits.has('thinks') && !thoughts && report.probes.some(({ requests }) => requests > 0))
    causes.push({
      id: 'no-reasoning',
      culprit: 'model',
      title: 'reasoning is true, but the model sent no reasoning in any answer',
      sees: 'no thoughts are shown; the switch only says what OpenCode may expect, and adds variants that send reasoning_effort',
      fixes: [patchFor(effective.files.model, [...effective.modelPath, 'reasoning'], false, 'or use a model that thinks')],
      breaks: false,
      rules: [],
    })
  if (declared !== true && traits.has('thinks') && effective.api === 'chat')
    causes.push({
      id: 'reasoning-undeclared',
      culprit: 'configuration',
      title: `the model thinks (${traits.get('thinks')}), and the configuration does not say so`,
      sees: 'thoughts are shown, but there are no variants to choose how much the model thinks',
      fixes: [patchFor(effective.files.model, [...effective.modelPath, 'reasoning'], true)],
      breaks: false,
      rules: [],
    })
  const input = at(effective.value, ['modalities', 'input'])
  const vision = report.capabilities.find(({ id }) => id === 'vision')
  if (Array.isArray(input) && input.includes('image') && vision?.support === 'none')
    causes.push({
      id: 'no-images',
      culprit: 'model',
      title: 'modalities.input promises images, and the endpoint refuses them',
      sees: 'the turn with the image fails',
      ...(vision.reason === undefined ? {} : { wire: vision.reason }),
      fixes: [
        patchFor(
          effective.files.model,
          [...effective.modelPath, 'modalities', 'input'],
          input.filter((each) => each !== 'image'),
        ),
      ],
      breaks: false,
      rules: [],
    })
  return causes
}
