import { checks } from '../../checks/index.ts'
import { plan as makePlan } from '../../index.ts'
import { budget } from '../../plan/budget.ts'
import { dialects } from '../../reference/dialects.ts'
import { faults } from '../../reference/faults.ts'
import { variants } from '../../reference/variants.ts'
import { planLine } from '../plan-line.ts'
import { checkProfiles, loadSelection } from '../suites.ts'
import type { Terminal } from '../terminal.ts'

export interface ListOptions {
  readonly selector?: readonly string[]
  readonly profile?: readonly string[]
  readonly json?: boolean
  readonly summary?: boolean
  readonly faults?: boolean
  readonly dialects?: boolean
}

/** Prints what would run, with its price; sends nothing. */
export const list = async (options: ListOptions, { out, palette }: Terminal): Promise<number> => {
  if (options.faults) {
    for (const { name, bends } of faults) out(`${name.padEnd(34)} ${bends}\n`)
    out('\nlegal variants, which must not be accused\n')
    for (const { name } of variants) out(`${name}\n`)
    return 0
  }
  if (options.dialects) {
    for (const { name, speaks, models } of dialects)
      out(`${name.padEnd(12)} ${speaks}\n${' '.repeat(13)}${palette.dim(Object.keys(models).join(', '))}\n`)
    return 0
  }
  const { builtins, selectors } = loadSelection(options.selector ?? [])
  checkProfiles(options.profile ?? [], builtins)
  const plan = makePlan({ suites: builtins.suites, selectors, profiles: options.profile ?? [], catalog: builtins.catalog })
  const price = budget(plan.probes)
  if (options.summary) {
    const all = builtins.suites.flatMap(({ probes }) => probes)
    const counts = {
      requirements: builtins.suites.flatMap(({ requirements }) => requirements).length,
      probes: all.length,
      checks: checks.size,
      faults: faults.length,
      variants: variants.length,
      dialects: dialects.length,
      observations: builtins.catalog.observations.length,
      requests: price.requests.least,
      outputTokens: price.outputTokens.least,
    }
    out(
      options.json
        ? `${JSON.stringify(counts, null, 2)}\n`
        : Object.entries(counts)
            .map(([name, count]) => `${name.padEnd(14)} ${count}\n`)
            .join(''),
    )
    return 0
  }
  if (options.json) {
    const probes = plan.probes.map(({ id, title, capability, attempts, steps, extra }) => ({
      id,
      title,
      capability,
      attempts,
      requests: steps.length,
      extra,
    }))
    out(`${JSON.stringify({ probes, price }, null, 2)}\n`)
    return 0
  }
  for (const suite of builtins.suites) {
    const probes = plan.probes.filter(({ id }) => id.startsWith(`${suite.id}/`))
    if (probes.length === 0) continue
    out(`\n  ${palette.bold(suite.id)}  ${suite.title}\n`)
    for (const { id, title, steps, attempts } of probes) {
      const requests = `${steps.length}${attempts > 1 ? `–${steps.length * attempts}` : ''}`
      out(`    ${id.slice(suite.id.length + 1).padEnd(30)} ${palette.dim(requests.padStart(5))}  ${title}\n`)
    }
  }
  out(`\n  ${planLine(price)}\n`)
  return 0
}
