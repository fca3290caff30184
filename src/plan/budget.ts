import type { Probe } from '../types.ts'

export interface Budget {
  readonly probes: number
  /** First attempts only, and with every attempt that a probe may make. */
  readonly requests: { readonly least: number; readonly most: number }
  /** Sum of the caps on output tokens, over the same requests; a model that thinks is allowed `thinkingFactor` times as many. */
  readonly outputTokens: { readonly least: number; readonly most: number }
  /** Requests that depend on one another in the longest probe, the baseline before it included. */
  readonly longestChain: number
}

/** Prices a plan before the first request, for a model that does not think: the probes for those that do are left out. */
export const budget = (plan: readonly Probe[]): Budget => {
  const probes = plan.filter(({ requires }) => !requires.includes('thinks'))
  const sum = (value: (probe: Probe) => number) => probes.reduce((total, probe) => total + value(probe), 0)
  const copies = ({ parallel = 1 }: Probe) => parallel
  const tokens = (probe: Probe) =>
    copies(probe) * probe.steps.reduce((total, { body, breaks }) => total + (breaks === undefined ? capOf(body) : 0), 0)
  const requests = (probe: Probe) => copies(probe) * probe.steps.length
  const longest = (list: readonly Probe[]) => Math.max(0, ...list.map(({ steps }) => steps.length))
  return {
    probes: probes.length,
    requests: { least: sum(requests), most: sum((probe) => requests(probe) * probe.attempts) },
    outputTokens: { least: sum(tokens), most: sum((probe) => tokens(probe) * probe.attempts) },
    longestChain: longest(probes.filter(({ baseline }) => baseline)) + longest(probes.filter(({ baseline }) => !baseline)),
  }
}

/** The cap of a body, found by its generator or as a plain number. */
export const capOf = (body: unknown): number => {
  if (typeof body !== 'object' || body === null) return 0
  const members = body as { [name: string]: unknown }
  // a list of prompts is answered by a choice for each of them
  const prompts = Array.isArray(members.prompt) && typeof members.prompt[0] !== 'number' ? members.prompt.length : 1
  const choices = (typeof members.n === 'number' ? members.n : 1) * prompts * (typeof members.best_of === 'number' ? members.best_of : 1)
  for (const name of ['max_tokens', 'max_completion_tokens', 'max_output_tokens']) {
    const value = members[name]
    if (typeof value === 'number') return value * choices
    const generated = (value as { $cap?: unknown } | undefined)?.$cap
    if (typeof generated === 'number') return generated * choices
  }
  return 0
}
