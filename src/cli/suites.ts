import type { Builtins } from '../builtin/builtins.ts'
import { checks } from '../checks/index.ts'
import { load } from '../index.ts'
import { selects } from '../plan/selector.ts'
import { lintSuites } from '../suite/lint.ts'
import { createSuiteLoader, type LoadedSuite, readText } from '../suite/load.ts'
import { suggest } from '../suite/suggest.ts'
import { SuiteError } from '../suite/suite-error.ts'
import { CliError } from './exit-code.ts'

/** Words of the command line that name a file of the user rather than an address. */
export const isFile = (word: string): boolean =>
  /\.(ya?ml|json)$/.test(word) || word.startsWith('./') || word.startsWith('../') || word.startsWith('/')

export interface Selection {
  readonly builtins: Builtins
  readonly selectors: readonly string[]
}

/**
 * Loads the built-in suites and the users' files among the words; the rest of the words are selectors.
 * @throws SuiteError for the files, CliError for a selector that means nothing
 */
export const loadSelection = (words: readonly string[]): Selection => {
  const shipped = load()
  const own = loadOwn(words.filter(isFile), shipped)
  const builtins = { ...shipped, suites: [...shipped.suites, ...own.map(({ suite }) => suite)] }
  const selectors = [...words.filter((word) => !isFile(word)), ...own.map(({ suite }) => suite.id)]
  const probes = builtins.suites.flatMap((suite) => suite.probes)
  for (const selector of words.filter((word) => !isFile(word))) {
    if (probes.some((probe) => selects(selector, probe))) continue
    const known = [...builtins.suites.map(({ id }) => id), ...probes.map(({ id }) => id)]
    throw new CliError(`"${selector}" selects no probe${suggest(selector, known)}\nwirecheck list prints what there is`)
  }
  return { builtins, selectors }
}

/** @throws SuiteError with the problems of all files */
export const loadOwn = (files: readonly string[], shipped: Builtins): readonly LoadedSuite[] => {
  if (files.length === 0) return []
  const loader = createSuiteLoader(shipped.suiteSchema)
  const loaded = files.map((file) => loader(readText(file), file))
  const known = new Map(shipped.suites.flatMap((suite) => suite.requirements).map((requirement) => [requirement.id, requirement]))
  const taken = new Set(shipped.suites.map(({ id }) => id))
  const clashes = loaded
    .filter(({ suite }) => taken.has(suite.id))
    .map(({ suite, place }) => ({ file: suite.file, ...place('/suite'), message: `a built-in suite is called "${suite.id}" already` }))
  const problems = [...clashes, ...lintSuites(loaded, { checks, catalog: shipped.catalog, known })]
  if (problems.length > 0) throw new SuiteError(problems)
  return loaded
}
