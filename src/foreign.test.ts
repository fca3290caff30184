import { beforeAll, describe, expect, test } from 'vitest'
import { pooled, suitesOf } from './testing/fault-runs.ts'
import { faults } from './testing/foreign/faults.ts'
import { startForeign } from './testing/foreign/server.ts'
import { variants } from './testing/foreign/variants.ts'
import { accusations, builtins, type RunOptions, runAgainst } from './testing/run.ts'
import type { Report } from './types.ts'

const key = 'sk-foreign-key-123456'

interface Bent {
  readonly variant?: string
  readonly fault?: string
  readonly key?: string
}

const run = async (bent: Bent, plan: Pick<RunOptions, 'profiles' | 'selectors'> = {}): Promise<Report> => {
  const server = await startForeign({ pace: 0, ...bent })
  const keyed = bent.key === undefined ? {} : { key: bent.key }
  try {
    return await runAgainst({
      baseUrl: server.url,
      model: 'boring-1',
      ...keyed,
      jobs: 1,
      ...plan,
      timeoutIdleMs: 6000,
      timeoutHeadersMs: 6000,
    })
  } finally {
    await server.close()
  }
}

/** The default probes of the suites that speak of a requirement. */
const nearProbes = (breaks: readonly string[]): readonly string[] => {
  const near = new Set(breaks.flatMap(suitesOf))
  return builtins.suites.filter(({ id }) => near.has(id)).flatMap(({ probes }) => probes.filter(({ extra }) => !extra).map(({ id }) => id))
}

/** Faults that neither the default plan nor the full one names, each with the reason. All others are named. */
const notNamed: Readonly<Record<string, string>> = {
  buffered: 'its answers take no time, so that none can have been held back',
  'history-unchecked': 'a history that does not add up may be served, which is a note',
}

describe('another implementation, unbent', () => {
  test.each([{ key }, {}])('%o', async (bent) => {
    const report = await run(bent)
    expect(accusations(report)).toEqual([])
    expect(report.harness).toEqual([])
  })
})

describe('its legal variants', () => {
  let reports: readonly Report[]
  beforeAll(async () => {
    reports = await pooled(variants, ({ name }) => run({ variant: name, key }))
  }, 300_000)
  test.each(variants.map(({ name }, index) => ({ name, index })))('$name', ({ index }) => {
    const report = reports[index] as Report
    expect(accusations(report)).toEqual([])
    expect(report.harness).toEqual([])
  })
})

describe('its faults', () => {
  const named = ({ findings }: Report, breaks: readonly string[]) =>
    findings.some(({ level, requirement }) => level !== 'may' && breaks.includes(requirement))

  let seen: readonly { readonly named: boolean; readonly report: Report }[]
  beforeAll(async () => {
    seen = await pooled(faults, async ({ name, breaks }) => {
      // shows only where no key is asked for
      const bent = name === 'open-refuses-key' ? { fault: name } : { fault: name, key }
      // from few requests to all: most faults show where their requirement is at home
      for (const plan of [{ selectors: nearProbes(breaks) }, {}]) {
        const report = await run(bent, plan)
        if (named(report, breaks)) return { named: true, report }
      }
      const full = await run(bent, { profiles: ['full'] })
      return { named: named(full, breaks), report: full }
    })
  }, 600_000)

  test.each(faults.map(({ name, level }, index) => ({ name, level, index })))('$level $name', ({ name, index }) => {
    expect(seen[index]?.report.harness).toEqual([])
    expect(seen[index]?.named).toBe(notNamed[name] === undefined)
  })
  test('the exceptions are faults', () => {
    expect(Object.keys(notNamed).filter((name) => !faults.some((fault) => fault.name === name))).toEqual([])
  })
})
