import type { CapabilityReport, Finding, ProbeJudgement, Support, Tally, Verdict } from '../types.ts'
import { type Book, capabilityOf, type Evidence, gather, openBook, type SupportInput } from './evidence.ts'

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
 * Whether evidence from elsewhere may fill the cell: not when the capability has probes of its own and none of them ran, or got
 * an answer that came to its end.
 * A key that is accepted in either case of `Bearer` says nothing of a server that never asks for one.
 */
const speaksForItself = (book: Book, capability: string) => {
  const own = [...book.suiteProbes.values()].filter((probe) => !probe.extra && probe.capability === capability)
  const spoke = (judged: ProbeJudgement | undefined) => judged !== undefined && judged.verdict !== 'skipped' && !judged.unfinished
  return own.length === 0 || own.some(({ id }) => spoke(book.judged.get(id)))
}

const heldInPassing = (book: Book, capability: string) =>
  book.judgement.requirements.some(({ id, observation }) => observation === 'held' && book.owner.get(id) === capability)

/** What was refused for want of a stream says less than any other refusal. */
const lastStreamOnly = (one: ProbeJudgement, other: ProbeJudgement) => Number(one.streamOnly ?? false) - Number(other.streamOnly ?? false)

const because = (probe: ProbeJudgement) => (probe.reason ?? probe.title).replace(/^refused: /, '')

const more = (list: readonly unknown[]) => (list.length > 1 ? ` (and ${list.length - 1} more)` : '')

const decide = (book: Book, capability: string, evidence: Evidence, levels: ReadonlySet<string>): { support: Support; reason?: string } => {
  const { refused, declined, refusedElsewhere, absent, undecided, inapplicable } = evidence
  const passed = evidence.passed || (evidence.passedElsewhere && speaksForItself(book, capability))
  const [firstRefused] = refused
  const refusal = firstRefused && `refused in ${firstRefused.probe}: ${because(firstRefused)}${more(refused)}`
  if (levels.has('must')) return { support: 'broken' }
  if (levels.has('should')) return refusal ? { support: 'partial', reason: refusal } : { support: 'partial' }
  const [only] = passed ? [] : [...refused, ...declined].sort(lastStreamOnly)
  if (only?.streamOnly) return { support: 'unknown', reason: `not seen in a stream, and refused without: ${because(only)}` }
  if (only) return { support: 'none', reason: `refused: ${because(only)}` }
  if (refusal) return { support: 'partial', reason: refusal }
  if (passed) return { support: 'full' }
  const [firstAbsent] = absent
  if (firstAbsent && undecided.length === 0) {
    const absence = book.absence(book.suiteProbes.get(firstAbsent.probe))
    return { support: 'none', reason: `${absence?.endpoint} is absent${absence?.reason ? `: ${absence.reason}` : ''}` }
  }
  const elsewhere = refusedElsewhere.find(({ streamOnly }) => !streamOnly)
  if (elsewhere) return { support: 'none', reason: `refused: ${because(elsewhere)}` }
  const [open] = undecided
  if (open) return { support: 'unknown', reason: `${open.verdict}: ${because(open)}${more(undecided)}` }
  const [idle] = inapplicable
  if (idle) return { support: 'unknown', reason: `not applicable: ${because(idle)}` }
  const fed = feeders(book, capability)
  if (fed.length > 0) {
    const ran = fed.some(({ id }) => (book.judged.get(id)?.verdict ?? 'skipped') !== 'skipped')
    return { support: 'unknown', reason: ran ? 'its probes showed nothing of it' : 'its probes did not run' }
  }
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
