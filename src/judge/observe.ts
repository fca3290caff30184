import type { Observed, Observer, View } from '../types.ts'
import type { Ledger } from './ledger.ts'

/** Observers with the probes that each is limited to, if any. */
export type Observers = readonly { readonly observer: Observer; readonly from?: readonly string[] }[]

/** The votes for one observation so far, and who showed them: all that is kept of the exchanges. */
export interface Poll {
  readonly observer: Observer
  readonly from?: readonly string[]
  readonly votes: Map<string, number>
  readonly probes: Set<string>
}

const mostProbes = 5

export const openPolls = (observers: Observers): Poll[] => observers.map((entry) => ({ ...entry, votes: new Map(), probes: new Set() }))

/** A probe with several modes has the mode behind its name. */
const isFrom = (from: readonly string[] | undefined, probe: string): boolean =>
  from === undefined || from.some((name) => probe === name || probe.startsWith(`${name}[`))

/** Shows an exchange to every observer that it concerns. One that throws is a defect of ours. */
export const castVotes = ({ polls, harness }: Ledger, view: View): void => {
  for (const { observer, from, votes, probes } of polls) {
    if (!isFrom(from, view.probe)) continue
    try {
      const vote = observer.sees(view)
      if (vote === undefined) continue
      votes.set(vote, (votes.get(vote) ?? 0) + 1)
      if (probes.size < mostProbes) probes.add(view.probe)
    } catch (error) {
      const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
      harness.push({ check: observer.id, requirement: observer.id, probe: view.probe, message })
    }
  }
}

/** What the votes of a run amount to, in the order of the catalogue. */
export const countVotes = ({ polls }: Ledger): Observed[] =>
  polls.flatMap(({ observer, votes, probes }) => {
    const value = votes.size === 0 ? undefined : observer.decide(votes)
    return value === undefined ? [] : [{ id: observer.id, value, probes: [...probes] }]
  })
