import type { Capability, Judgement, Probe, ProbeJudgement, Suite } from '../types.ts'
import { appliesTo } from './applies.ts'

export interface SupportInput {
  readonly judgement: Judgement
  readonly suites: readonly Suite[]
  readonly capabilities: readonly Capability[]
}

/** What the probes of a run say of one capability. */
export interface Evidence {
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

export type Book = ReturnType<typeof openBook>

export const openBook = ({ judgement, suites }: SupportInput) => {
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

export const capabilityOf = (book: Book, requirement: string, probeCapability: string) => book.owner.get(requirement) ?? probeCapability

/** Expected nearly everywhere, so that it says nothing of what a probe is about. */
const shape = 'wire.shape'
const noServerError = 'wire.no-server-error'

const addOwn = (book: Book, evidence: Evidence, probe: ProbeJudgement, held: boolean, seen: boolean) => {
  const planned = book.suiteProbes.get(probe.probe)
  const { verdict } = probe
  const went = verdict === 'pass' || verdict === 'warn'
  if (!probe.unfinished && (held || went)) evidence.passed = true
  if (verdict === 'unsupported') {
    // what is owed to every refusal is not what this probe is about
    const shown = Object.keys(probe.requirements).filter((id) => id !== shape && capabilityOf(book, id, probe.capability) !== 'errors')
    const isOwed = shown.length === 0 || shown.some(book.isOwed)
    evidence[book.absence(planned) ? 'absent' : isOwed ? 'refused' : 'declined'].push(probe)
  } else if (verdict === 'skipped' && book.absence(planned)) evidence.absent.push(probe)
  else if (verdict === 'skipped' && planned && !book.applies(planned)) evidence.inapplicable.push(probe)
  else if (verdict === 'skipped' || verdict === 'inconclusive' || verdict === 'error') evidence.undecided.push(probe)
  // it failed on what belongs to another capability, before anything of its own could be seen
  else if ((verdict === 'fail' && !seen) || probe.unfinished) evidence.undecided.push(probe)
}

export const gather = (book: Book, capability: string): Evidence => {
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
      // beside a refusal, a sound answer to whatever was not refused shows nothing of the capability
      .filter(([requirement]) => !(probe.verdict === 'unsupported' && (requirement === shape || requirement === noServerError)))
      .filter(([requirement]) => capabilityOf(book, requirement, probe.capability) === capability)
      .map(([, observation]) => observation)
    const held = !probe.unfinished && observations.includes('held')
    if (probe.capability === capability) addOwn(book, evidence, probe, held, held || observations.includes('violated'))
    else if (held) evidence.passedElsewhere = true
    else if (observations.length > 0 && probe.verdict === 'unsupported') evidence.refusedElsewhere.push(probe)
  }
  return evidence
}
