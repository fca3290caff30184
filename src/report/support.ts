import type { Capability, CapabilityReport, Finding, Judgement, Probe, ProbeJudgement, Suite, Support, Tally, Verdict } from '../types.ts'
import { appliesTo } from './applies.ts'

/** A cell of the matrix, and what a profile needs to know beside it. */
export interface Cell {
  readonly report: CapabilityReport
  /** A part was refused honestly. */
  readonly refused: boolean
  /** A probe of its own ended without an answer, or was not run although it applies. */
  readonly undecided: boolean
  /** Something of it was tried in this run. */
  readonly touched: boolean
}

export interface SupportInput {
  readonly judgement: Judgement
  readonly suites: readonly Suite[]
  readonly capabilities: readonly Capability[]
}

interface Evidence {
  passed: boolean
  /** Something of it held in a probe of another capability. */
  passedElsewhere: boolean
  readonly refused: ProbeJudgement[]
  /** Refusals of what nobody owes: they count only where nothing else was seen. */
  readonly declined: ProbeJudgement[]
  /** Refusals in probes of another capability that would have shown this one too. */
  readonly refusedElsewhere: ProbeJudgement[]
  readonly absent: ProbeJudgement[]
  readonly undecided: ProbeJudgement[]
  readonly inapplicable: ProbeJudgement[]
}

type Book = ReturnType<typeof openBook>

const openBook = ({ judgement, suites }: SupportInput) => {
  const levels = new Map(suites.flatMap(({ requirements }) => requirements.map(({ id, level }) => [id, level] as const)))
  const absent = new Map(judgement.endpoints.filter(({ presence }) => presence === 'absent').map((each) => [each.endpoint, each.reason]))
  return {
    judgement,
    suiteProbes: new Map(suites.flatMap(({ probes }) => probes.map((probe) => [probe.id, probe] as const))),
    judged: new Map(judgement.probes.map((probe) => [probe.probe, probe])),
    isOwed: (requirement: string) => levels.get(requirement) !== 'may',
    owner: new Map(suites.flatMap(({ requirements }) => requirements.map(({ id, capability }) => [id, capability] as const))),
    applies: appliesTo(judgement),
    absence: (probe: Probe | undefined) => {
      const endpoint = probe?.steps.find((step) => absent.has(step.endpoint))?.endpoint
      return endpoint && { endpoint, reason: absent.get(endpoint) }
    },
  }
}

const capabilityOf = (book: Book, requirement: string, probeCapability: string) => book.owner.get(requirement) ?? probeCapability

/** Where a finding is blamed: once, unless its requirement belongs to whichever probe shows it. */
const blamed = (book: Book, finding: Finding): ReadonlySet<string> => {
  // a check over a whole run stands in no probe and may name no capability
  const blame = new Set(finding.capability === '' ? [] : [finding.capability])
  if (book.owner.get(finding.requirement) !== undefined) return blame
  const showing = new Set(finding.probes)
  for (const { probe, capability, verdict, findings } of book.judgement.probes) {
    if (verdict === 'unsupported' || verdict === 'skipped' || capability === '') continue
    if (showing.has(probe) || findings.includes(finding.id)) blame.add(capability)
  }
  return blame
}

/** Expected nearly everywhere, so that it says nothing of what a probe is about. */
const shape = 'wire.shape'

const addOwn = (book: Book, evidence: Evidence, probe: ProbeJudgement, held: boolean, seen: boolean) => {
  const planned = book.suiteProbes.get(probe.probe)
  const { verdict } = probe
  if (held || verdict === 'pass' || verdict === 'warn') evidence.passed = true
  if (verdict === 'unsupported') {
    const shown = Object.keys(probe.requirements).filter((id) => id !== shape)
    const isOwed = shown.length === 0 || shown.some(book.isOwed)
    evidence[book.absence(planned) ? 'absent' : isOwed ? 'refused' : 'declined'].push(probe)
  } else if (verdict === 'skipped' && book.absence(planned)) evidence.absent.push(probe)
  else if (verdict === 'skipped' && planned && !book.applies(planned)) evidence.inapplicable.push(probe)
  else if (verdict === 'skipped' || verdict === 'inconclusive' || verdict === 'error') evidence.undecided.push(probe)
  // it failed on what belongs to another capability, before anything of its own could be seen
  else if (verdict === 'fail' && !seen) evidence.undecided.push(probe)
}

const gather = (book: Book, capability: string): Evidence => {
  const evidence: Evidence = {
    passed: false,
    passedElsewhere: false,
    refused: [],
    declined: [],
    refusedElsewhere: [],
    absent: [],
    undecided: [],
    inapplicable: [],
  }
  for (const probe of book.judgement.probes) {
    const observations = Object.entries(probe.requirements)
      .filter(([requirement]) => capabilityOf(book, requirement, probe.capability) === capability)
      .map(([, observation]) => observation)
    const held = observations.includes('held')
    if (probe.capability === capability) addOwn(book, evidence, probe, held, held || observations.includes('violated'))
    else if (held) evidence.passedElsewhere = true
    else if (observations.length > 0 && probe.verdict === 'unsupported') evidence.refusedElsewhere.push(probe)
  }
  return evidence
}

/** The default probes that show a capability and make sense for this target. */
const feeders = (book: Book, capability: string) =>
  [...book.suiteProbes.values()].filter(
    (probe) =>
      !probe.extra &&
      book.applies(probe) &&
      (probe.capability === capability ||
        probe.steps.some(({ expect }) => expect.some((id) => capabilityOf(book, id, probe.capability) === capability))),
  )

/**
 * Whether evidence from elsewhere may fill the cell: not when the capability has probes of its own and none of them ran.
 * A key that is accepted in either case of `Bearer` says nothing of a server that never asks for one.
 */
const speaksForItself = (book: Book, capability: string) => {
  const own = [...book.suiteProbes.values()].filter((probe) => !probe.extra && probe.capability === capability)
  return own.length === 0 || own.some(({ id }) => (book.judged.get(id)?.verdict ?? 'skipped') !== 'skipped')
}

const heldInPassing = (book: Book, capability: string) =>
  book.judgement.requirements.some(({ id, observation }) => observation === 'held' && book.owner.get(id) === capability)

const because = (probe: ProbeJudgement) => (probe.reason ?? probe.title).replace(/^refused: /, '')

const more = (list: readonly unknown[]) => (list.length > 1 ? ` (and ${list.length - 1} more)` : '')

const decide = (book: Book, capability: string, evidence: Evidence, levels: ReadonlySet<string>): { support: Support; reason?: string } => {
  const { refused, declined, refusedElsewhere, absent, undecided, inapplicable } = evidence
  const passed = evidence.passed || (evidence.passedElsewhere && speaksForItself(book, capability))
  const [firstRefused] = refused
  const refusal = firstRefused && `refused in ${firstRefused.probe}: ${because(firstRefused)}${more(refused)}`
  if (levels.has('must')) return { support: 'broken' }
  if (levels.has('should')) return refusal ? { support: 'partial', reason: refusal } : { support: 'partial' }
  const [only] = passed ? [] : [...refused, ...declined]
  if (only) return { support: 'none', reason: `refused: ${because(only)}` }
  if (refusal) return { support: 'partial', reason: refusal }
  if (passed) return { support: 'full' }
  const [firstAbsent] = absent
  if (firstAbsent && undecided.length === 0) {
    const absence = book.absence(book.suiteProbes.get(firstAbsent.probe))
    return { support: 'none', reason: `${absence?.endpoint} is absent${absence?.reason ? `: ${absence.reason}` : ''}` }
  }
  const [elsewhere] = refusedElsewhere
  if (elsewhere) return { support: 'none', reason: `refused: ${because(elsewhere)}` }
  const [open] = undecided
  if (open) return { support: 'unknown', reason: `${open.verdict}: ${because(open)}${more(undecided)}` }
  const [idle] = inapplicable
  if (idle) return { support: 'unknown', reason: `not applicable: ${because(idle)}` }
  if (feeders(book, capability).length > 0) return { support: 'unknown', reason: 'its probes did not run' }
  return heldInPassing(book, capability) ? { support: 'full' } : { support: 'unknown', reason: 'no probe of this run shows it' }
}

const tallyOf = (probes: readonly ProbeJudgement[]): Tally => {
  const tally: Partial<Record<Verdict, number>> = {}
  for (const { verdict } of probes) tally[verdict] = (tally[verdict] ?? 0) + 1
  return tally
}

/**
 * One cell per capability of the catalogue, and per further capability that the run names. A cell is fed by requirements rather
 * than by the verdicts of whole probes, so that a defect colours the cell it belongs to and no other.
 */
export const cellsOf = (input: SupportInput): readonly Cell[] => {
  const book = openBook(input)
  const known = new Map(input.capabilities.map(({ id, title }) => [id, title]))
  const blame = input.judgement.findings.filter(({ level }) => level !== 'may').map((finding) => [finding, blamed(book, finding)] as const)
  for (const { capability } of input.judgement.probes) if (capability !== '' && !known.has(capability)) known.set(capability, capability)
  for (const [, capabilities] of blame) for (const id of capabilities) if (!known.has(id)) known.set(id, id)

  return [...known].map(([id, title]) => {
    const findings = blame.filter(([, capabilities]) => capabilities.has(id)).map(([finding]) => finding)
    const evidence = gather(book, id)
    const own = input.judgement.probes.filter(({ capability }) => capability === id)
    const decision = decide(book, id, evidence, new Set(findings.map(({ level }) => level)))
    const notRun = feeders(book, id).some((probe) => probe.capability === id && !book.judged.has(probe.id))
    return {
      report: { id, title, ...decision, findings: findings.map((finding) => finding.id).sort(), tally: tallyOf(own) },
      refused: evidence.refused.length > 0,
      undecided: evidence.undecided.length > 0 || notRun,
      touched: decision.support !== 'unknown' || evidence.undecided.length > 0,
    }
  })
}
