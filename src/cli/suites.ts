import type { Builtins } from '../builtin/builtins.ts'
import { checks } from '../checks/index.ts'
import { load } from '../index.ts'
import { selects } from '../plan/selector.ts'
import { lintSuites } from '../suite/lint.ts'
import { createSuiteLoader, type LoadedSuite, readText } from '../suite/load.ts'
import { suggest } from '../suite/suggest.ts'
import { SuiteError } from '../suite/suite-error.ts'
import type { Suite } from '../types.ts'
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
  const builtins = { ...shipped, suites: [...withoutReplaced(shipped.suites, own), ...own.map(({ suite }) => suite)] }
  const addresses = words.filter((word) => !isFile(word))
  // a file alone means all of its probes; beside an address into it, it only says where that is found
  const whole = own.map(({ suite }) => suite.id).filter((id) => !addresses.some((word) => word === id || word.startsWith(`${id}/`)))
  const selectors = [...addresses, ...whole]
  const probes = builtins.suites.flatMap((suite) => suite.probes)
  for (const selector of addresses) {
    if (probes.some((probe) => selects(selector, probe))) continue
    const known = [...builtins.suites.map(({ id }) => id), ...probes.map(({ id }) => id)]
    throw new CliError(`"${selector}" selects no probe${suggest(selector, known)}\nwirecheck list prints what there is`)
  }
  return { builtins, selectors }
}

/** A file with the name of a built-in suite stands in its place: that is how a change to one is tried. */
const withoutReplaced = (suites: readonly Suite[], own: readonly LoadedSuite[]): readonly Suite[] =>
  suites.filter(({ id }) => !own.some(({ suite }) => suite.id === id))

/** @throws CliError for a profile that does not exist */
export const checkProfiles = (ids: readonly string[], { catalog }: Builtins): void => {
  const known = [...catalog.profiles.map(({ id }) => id), 'full']
  for (const id of ids)
    if (!known.includes(id)) throw new CliError(`there is no profile "${id}"${suggest(id, known)}\nthere are ${known.join(', ')}`)
}

/** @throws SuiteError with the problems of all files */
export const loadOwn = (files: readonly string[], shipped: Builtins): readonly LoadedSuite[] => {
  if (files.length === 0) return []
  const loader = createSuiteLoader(shipped.suiteSchema)
  const loaded = files.map((file) => loader(readText(file), file))
  const kept = withoutReplaced(shipped.suites, loaded)
  const known = new Map(kept.flatMap((suite) => suite.requirements).map((requirement) => [requirement.id, requirement]))
  const problems = lintSuites(loaded, { checks, catalog: shipped.catalog, known })
  if (problems.length > 0) throw new SuiteError(problems)
  return loaded
}
