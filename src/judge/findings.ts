import { createHash } from 'node:crypto'
import type { Finding, Level, Locus, Requirement, View, Violation, Witness } from '../types.ts'
import { excerptOf } from './excerpt.ts'

/** A violation seen on one exchange, not yet grouped. */
export interface Sighting {
  readonly requirement: Requirement
  readonly level: Level
  readonly capability: string
  readonly violation: Violation
  readonly witness: Witness
  /** The probe expects the requirement: it shows the defect best, and says so in its own verdict. */
  readonly expected: boolean
}

const maxWitnesses = 5

export const sighting = (
  requirement: Requirement,
  level: Level,
  capability: string,
  violation: Violation,
  view: View,
  expected: boolean,
): Sighting => ({
  expected,
  requirement,
  level,
  capability: requirement.capability ?? capability,
  violation,
  witness: {
    probe: view.probe,
    attempt: view.attempt,
    step: view.step,
    ...(view.copy === undefined ? {} : { copy: view.copy }),
    at: violation.at,
    ...(violation.actual === undefined ? {} : { actual: violation.actual }),
    ...excerptOf(view, violation.at),
  },
})

/**
 * One defect is one finding with witnesses: sightings of the same requirement, code and generalised place are one.
 * The id stays the same from run to run, because it is made of nothing else.
 */
export const groupFindings = (sightings: readonly Sighting[]): readonly Finding[] => {
  const groups = new Map<string, { first: Sighting; witnesses: Witness[]; exchanges: Set<string>; probes: Set<string> }>()
  for (const seen of [...sightings].sort((one, other) => Number(other.expected) - Number(one.expected))) {
    const id = findingId(seen.requirement.id, seen.violation.code, seen.violation.at)
    const { probe, attempt, step, copy = 0 } = seen.witness
    const exchange = `${probe} ${attempt} ${step} ${copy}`
    const group = groups.get(id)
    if (!group) groups.set(id, { first: seen, witnesses: [seen.witness], exchanges: new Set([exchange]), probes: new Set([probe]) })
    else if (!group.exchanges.has(exchange)) {
      group.exchanges.add(exchange)
      group.probes.add(probe)
      if (group.witnesses.length < maxWitnesses) group.witnesses.push(seen.witness)
    }
  }
  return [...groups].map(([id, { first, witnesses, exchanges, probes }]) => ({
    id,
    requirement: first.requirement.id,
    level: first.level,
    code: first.violation.code,
    ...(first.violation.expected === undefined ? {} : { expected: first.violation.expected }),
    ...(first.violation.actual === undefined ? {} : { actual: first.violation.actual }),
    capability: first.capability,
    witnesses: witnesses as [Witness, ...Witness[]],
    seen: exchanges.size,
    probes: [...probes],
  }))
}

const findingId = (requirement: string, code: string, at: Locus): string =>
  createHash('sha256')
    .update(`${requirement}\n${code}\n${generalise(at)}`)
    .digest('hex')
    .slice(0, 8)

/** A place without its numbers: `/choices/0/delta` and `/choices/1/delta` are one defect. */
const generalise = (at: Locus): string => {
  if (at.in === 'header') return `header ${at.name}`
  return 'pointer' in at ? `${at.in} ${at.pointer.replace(/\/\d+(?=\/|$)/g, '/*')}` : at.in
}
