import type { Capability, Probe, Profile, Requirement, Suite } from '../types.ts'
import { type Selector, selects } from './selector.ts'

export interface Plan {
  readonly probes: readonly Probe[]
}

export interface PlanInput {
  readonly suites: readonly Suite[]
  readonly selectors: readonly Selector[]
  /** Profiles whose capabilities are wanted; `full` stands for everything. Empty: all three default profiles. */
  readonly profiles: readonly string[]
  readonly catalog: { readonly profiles: readonly Profile[]; readonly capabilities: readonly Capability[] }
}

/** What a run without selector and profile covers. */
export const defaultProfiles = ['chat', 'agent', 'responses'] as const

/**
 * Selects and orders probes: baselines first, since they decide what else makes sense; then suites and probes as written.
 * Selectors win over profiles: what is named runs, `extra` or not.
 */
export const plan = ({ suites, selectors, profiles, catalog }: PlanInput): Plan => {
  const all = suites.flatMap(({ probes }) => probes)
  const wanted =
    selectors.length > 0
      ? all.filter((probe) => selectors.some((selector) => selects(selector, probe)))
      : byProfile(suites, profiles, catalog.profiles)
  const chosen = new Set(wanted)
  // whatever is asked of an endpoint needs its baseline: it finds traits and tells absence from defect
  const endpointOf = ({ steps }: Probe) => steps[0]?.endpoint
  for (const probe of all.filter(({ baseline, extra }) => baseline && !extra)) {
    const isAsked = wanted.some(({ steps }) => steps.some(({ endpoint }) => endpoint === endpointOf(probe)))
    if (isAsked && !wanted.some((other) => other.baseline && endpointOf(other) === endpointOf(probe))) chosen.add(probe)
  }
  const ordered = all.filter((probe) => chosen.has(probe))
  return { probes: [...ordered.filter(({ baseline }) => baseline), ...ordered.filter(({ baseline }) => !baseline)] }
}

const byProfile = (suites: readonly Suite[], names: readonly string[], profiles: readonly Profile[]): Probe[] => {
  const asked = names.length > 0 ? names : defaultProfiles
  if (asked.includes('full')) return suites.flatMap(({ probes }) => probes)
  const chosen = profiles.filter(({ id }) => asked.includes(id))
  const listed = chosen.flatMap(({ probes = [], also = [] }) => [...probes, ...also])
  const wide = chosen.filter(({ probes }) => probes === undefined)
  const capabilities = new Set(wide.flatMap(({ core, extended }) => [...core, ...extended]))
  const requirements = new Map(suites.flatMap((suite) => suite.requirements).map((requirement) => [requirement.id, requirement]))
  return suites
    .flatMap(({ probes }) => probes)
    .filter((probe) => listed.some((selector) => selects(selector, probe)) || (!probe.extra && touches(probe, capabilities, requirements)))
}

const touches = (probe: Probe, capabilities: ReadonlySet<string>, requirements: ReadonlyMap<string, Requirement>): boolean =>
  capabilities.has(probe.capability) ||
  probe.steps.some(({ expect }) => expect.some((id) => capabilities.has(requirements.get(id)?.capability ?? '')))
