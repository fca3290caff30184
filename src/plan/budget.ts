import type { Probe } from '../types.ts'

export interface Budget {
  readonly probes: number
  /** First attempts only, and with every attempt that a probe may make. */
  readonly requests: { readonly least: number; readonly most: number }
  /** Sum of the caps on output tokens, over the same requests. */
  readonly outputTokens: { readonly least: number; readonly most: number }
  /** The same for a model that thinks, which gets more room and is asked more. */
  readonly thinkingTokens: { readonly least: number; readonly most: number }
  /** Requests that depend on one another in the longest probe, the baseline before it included. */
  readonly longestChain: number
}

/** How much more room a model gets that thinks before it answers, where a suite leaves the cap to us: its thoughts use it up first. */
export const thinkingFactor = 32

/** Prices a plan before the first request, for a model that does not think: the probes for those that do are left out. */
export const budget = (plan: readonly Probe[]): Budget => {
  const probes = plan.filter(({ requires }) => !requires.includes('thinks'))
  const sum = (value: (probe: Probe) => number, list: readonly Probe[] = probes) => list.reduce((total, probe) => total + value(probe), 0)
  const copies = ({ parallel = 1 }: Probe) => parallel
  const tokens = (probe: Probe, factor = 1) =>
    copies(probe) * probe.steps.reduce((total, { body, breaks }) => total + (breaks === undefined ? capOf(body, factor) : 0), 0)
  const requests = (probe: Probe) => copies(probe) * probe.steps.length
  const longest = (list: readonly Probe[]) => Math.max(0, ...list.map(({ steps }) => steps.length))
  return {
    probes: probes.length,
    requests: { least: sum(requests), most: sum((probe) => requests(probe) * probe.attempts) },
    outputTokens: { least: sum((probe) => tokens(probe)), most: sum((probe) => tokens(probe) * probe.attempts) },
    thinkingTokens: {
      least: sum((probe) => tokens(probe, thinkingFactor), plan),
      most: sum((probe) => tokens(probe, thinkingFactor) * probe.attempts, plan),
    },
    longestChain: longest(probes.filter(({ baseline }) => baseline)) + longest(probes.filter(({ baseline }) => !baseline)),
  }
}

/** The cap of a body: a plain number, which is sent as it stands, or that of a generator, times the factor. */
export const capOf = (body: unknown, factor = 1): number => {
  if (typeof body !== 'object' || body === null) return 0
  const members = body as { [name: string]: unknown }
  // a list of prompts is answered by a choice for each of them
  const prompts = Array.isArray(members.prompt) && typeof members.prompt[0] !== 'number' ? members.prompt.length : 1
  const choices = (typeof members.n === 'number' ? members.n : 1) * prompts * (typeof members.best_of === 'number' ? members.best_of : 1)
  for (const name of ['max_tokens', 'max_completion_tokens', 'max_output_tokens']) {
    const value = members[name]
    if (typeof value === 'number') return value * choices
    const generated = (value as { $cap?: unknown } | undefined)?.$cap
    if (typeof generated === 'number') return generated * choices * factor
  }
  return 0
}
