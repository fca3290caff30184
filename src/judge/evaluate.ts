import { endpointPattern } from '../endpoint.ts'
import type { AnyCheck, CheckContext, Endpoint, Outcome, Requirement, StatusClass, Trait, Traits, View, When } from '../types.ts'

export type Checks = ReadonlyMap<string, AnyCheck>

/** What a check is asked with, besides its views. */
export interface Surroundings {
  readonly checks: Checks
  readonly traits: Traits
  /** The target declares the capability of the probe. */
  readonly declared: boolean
}

/** A check that threw: our defect, never the endpoint's. */
export interface Thrown {
  readonly kind: 'thrown'
  readonly message: string
}

/** Whether the traits let a requirement or a probe make sense. `!name` asks for the absence of a trait. */
export const traitsHold = (requires: readonly string[], traits: Traits): boolean =>
  requires.every((name) => (name.startsWith('!') ? !traits.has(name.slice(1) as Trait) : traits.has(name as Trait)))

const statusClass = (status: number): StatusClass => `${Math.floor(status / 100)}xx` as StatusClass

/** Whether an ambient requirement speaks of this exchange. */
export const whenMatches = (when: When, view: View): boolean => {
  if (when.endpoint && !when.endpoint.some((endpoint) => sameEndpoint(endpoint, view.endpoint))) return false
  if (when.except?.some((endpoint) => sameEndpoint(endpoint, view.endpoint))) return false
  if (when.status && !when.status.includes(statusClass(view.response.status))) return false
  if (when.stream === undefined) return true
  return when.stream === ((view.request as { stream?: unknown } | undefined)?.stream === true)
}

const patterns = new Map<string, RegExp>()

/** `{id}` in the rule stands for one segment of the path. */
const sameEndpoint = (rule: Endpoint, endpoint: Endpoint): boolean => {
  if (!rule.includes('{')) return rule === endpoint
  let pattern = patterns.get(rule)
  if (!pattern) {
    pattern = endpointPattern(rule)
    patterns.set(rule, pattern)
  }
  return pattern.test(endpoint)
}

/**
 * Decides one requirement on its views, together with the shape violations booked on it.
 * A cut body may have swallowed anything: checks that need it complete are not asked, so that nothing is blamed on the cut.
 */
export const evaluate = (
  requirement: Requirement,
  views: readonly [View, ...View[]],
  { checks, traits, declared }: Surroundings,
): Outcome | Thrown => {
  const check = checks.get(requirement.check.id)
  if (!check) return { kind: 'thrown', message: `no check ${requirement.check.id}` }
  const subject = views[views.length - 1] as View
  const booked = check.over === 'exchange' ? subject.shape.filter((shape) => shape.requirement === requirement.id) : []
  const outcome = ask(check, requirement, views, { requirement: requirement.id, traits, declared })
  if (outcome.kind === 'thrown' || booked.length === 0) return outcome
  const [first, ...rest] = booked.map(({ violation }) => violation)
  if (!first) return outcome
  return { kind: 'violated', violations: [first, ...rest, ...(outcome.kind === 'violated' ? outcome.violations : [])] }
}

const ask = (check: AnyCheck, requirement: Requirement, views: readonly [View, ...View[]], context: CheckContext): Outcome | Thrown => {
  if (check.needs === 'complete') {
    const cut = views.find(({ response }) => response.end !== 'complete')
    if (cut) {
      const { end, endReason } = cut.response
      return { kind: 'unobserved', reason: `the body is ${end}${end === 'stopped' && endReason !== undefined ? `: ${endReason}` : ''}` }
    }
  }
  try {
    return check.judge(views, requirement.check.args, context)
  } catch (error) {
    return { kind: 'thrown', message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }
  }
}
