import type { HarnessFault, JsonObject, Outcome, Requirement, View, Violation } from '../types.ts'
import { type Sighting, sighting } from './findings.ts'
import { type Observers, openPolls, type Poll } from './observe.ts'
import type { Facts } from './presence.ts'
import type { Count } from './verdict.ts'

/** Where results gather during a pass over the transcript; one per call, never shared. */
export interface Ledger {
  readonly facts: Facts
  /** Capabilities that the target is held to. */
  readonly declares: readonly string[]
  readonly sightings: Sighting[]
  readonly harness: HarnessFault[]
  /** Over the whole run, per requirement. */
  readonly totals: Map<string, Count>
  readonly runViews: Map<string, View[]>
  readonly polls: readonly Poll[]
  readonly usage: { requests: number; inputTokens: number; outputTokens: number }
}

export const openLedger = (facts: Facts, declares: readonly string[], observers: Observers = []): Ledger => ({
  facts,
  declares,
  sightings: [],
  harness: [],
  totals: new Map(),
  runViews: new Map(),
  polls: openPolls(observers),
  usage: { requests: 0, inputTokens: 0, outputTokens: 0 },
})

export const count = (counts: Map<string, Count>, id: string, outcome: Outcome): void => {
  const entry = counts.get(id) ?? { held: 0, violated: 0, reason: undefined }
  counts.set(id, entry)
  if (outcome.kind === 'unobserved') entry.reason = outcome.reason
  else entry[outcome.kind]++
}

export const bookViolations = (
  ledger: Ledger,
  requirement: Requirement,
  capability: string,
  outcome: Outcome,
  view: View,
  all: readonly View[],
  expected = false,
): void => {
  const add = (violation: Violation, level: Requirement['level']) =>
    ledger.sightings.push(
      sighting(requirement, level, capability, violation, violation.view === undefined ? view : (all[violation.view] ?? view), expected),
    )
  if (outcome.kind === 'violated') for (const violation of outcome.violations) add(violation, requirement.level)
  if (outcome.kind === 'held') for (const note of outcome.notes ?? []) add(note, 'may')
}

export const keepForRun = ({ runViews }: Ledger, id: string, light: View): void => {
  const views = runViews.get(id) ?? []
  runViews.set(id, views)
  views.push(light)
}

export const addUsage = (usage: Ledger['usage'], { completion, response }: View): void => {
  if (response.status < 200 || response.status > 299) return
  const own = (completion as JsonObject | undefined)?.usage as JsonObject | undefined
  const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0)
  usage.inputTokens += number(own?.prompt_tokens) + number(own?.input_tokens)
  usage.outputTokens += number(own?.completion_tokens) + number(own?.output_tokens)
}
