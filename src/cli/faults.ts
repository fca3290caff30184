import { dialects } from '../reference/dialects.ts'
import { faults } from '../reference/faults.ts'
import { variants } from '../reference/variants.ts'
import { suggest } from '../suite/suggest.ts'
import { CliError } from './exit-code.ts'

/** @throws CliError for a name that is neither a fault nor a legal variant of the reference endpoint */
export const checkFaults = (names: readonly string[] = []): void => {
  const known = [...faults, ...variants].map(({ name }) => name)
  for (const name of names) {
    if (!known.includes(name))
      throw new CliError(`there is no fault "${name}"${suggest(name, known)}\nwirecheck list --faults prints them all`)
  }
}

/** @throws CliError for a name that is no dialect of the reference endpoint */
export const checkDialect = (name: string | undefined): void => {
  const known = dialects.map((dialect) => dialect.name)
  if (name !== undefined && !known.includes(name))
    throw new CliError(`there is no dialect "${name}"${suggest(name, known)}\nwirecheck list --dialects prints them all`)
}
