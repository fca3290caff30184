import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileShapes } from '../schema/compile.ts'
import { loadCatalog } from '../suite/catalog.ts'
import { createSuiteLoader, type LoadedSuite } from '../suite/load.ts'
import type { JsonObject } from '../types.ts'
import type { Builtins } from './builtins.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const text = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8')
const json = (...path: string[]): JsonObject => JSON.parse(text(...path)) as JsonObject
const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(ending))
    .sort()

/** The suites as loaded from their files, with the places that the linter needs. */
export const loadSuiteFiles = (): readonly LoadedSuite[] => {
  const load = createSuiteLoader(json('schemas', 'suite.json'))
  return filesIn('suites', '.yaml').map((name) => load(text('suites', name), `suites/${name}`))
}

/** Schemas of what endpoints send, by file. */
export const shapeDocuments = (): readonly JsonObject[] =>
  ['openai', 'anthropic'].flatMap((vendor) => filesIn(`schemas/${vendor}`, '.json').map((name) => json('schemas', vendor, basename(name))))

/**
 * Reads and compiles everything from the files of the repository. The build puts `precompiled.ts` in the place of this
 * module: compiling schemas and parsing YAML at every start would cost more than a run.
 */
export const loadBuiltins = (): Builtins => ({
  suites: loadSuiteFiles().map(({ suite }) => suite),
  catalog: loadCatalog({
    capabilities: text('suites', 'catalog', 'capabilities.yaml'),
    profiles: text('suites', 'catalog', 'profiles.yaml'),
    endpoints: text('suites', 'catalog', 'endpoints.yaml'),
    observations: text('suites', 'catalog', 'observations.yaml'),
  }),
  shapes: compileShapes(shapeDocuments()),
  suiteSchema: json('schemas', 'suite.json'),
})
