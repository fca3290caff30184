import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Failures, readFailures } from '../suite/failures.ts'

const folder = fileURLToPath(new URL('../../suites/catalog/failures/', import.meta.url))

/** Each file with its failures: nothing is merged, so that an id that stands twice can be found. */
export const failureFiles = (): readonly { readonly file: string; readonly failures: Failures }[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ file: name, failures: readFailures(readFileSync(`${folder}${name}`, 'utf8'), `suites/catalog/failures/${name}`) }))

/** All failures by id. Only `explain` asks for them, so they are no part of what every start loads; the build puts data in this place. */
export const loadFailures = (): Failures => Object.assign({}, ...failureFiles().map(({ failures }) => failures))
