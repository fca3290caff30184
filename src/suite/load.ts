import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { ErrorObject } from 'ajv'
import { createAjv } from '../schema/compile.ts'
import type { JsonObject, Suite } from '../types.ts'
import { buildSuite, type SuiteDocument } from './build.ts'
import { type Parsed, parseYaml } from './source-map.ts'
import { suggest } from './suggest.ts'
import { type Problem, SuiteError } from './suite-error.ts'

/** A suite with the place of everything in it, for the linter. */
export interface LoadedSuite {
  readonly suite: Suite
  readonly document: SuiteDocument
  readonly place: Parsed['place']
}

/** Validates suite documents by `schemas/suite.json`, handed in so that bundles need no file. */
export const createSuiteLoader = (schema: JsonObject) => {
  // verbose hands over the schema around an unknown member, from which the suggestion is made
  const validate = createAjv({ verbose: true }).compile(schema)
  /**
   * @param file how the file is called in messages
   * @throws SuiteError with every problem and its place
   */
  return (text: string, file: string): LoadedSuite => {
    const { value, place } = parseYaml(text, file)
    if (!validate(value)) throw new SuiteError(schemaProblems(validate.errors ?? [], file, place))
    const document = value as SuiteDocument
    const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`
    return { suite: buildSuite(document, file, digest, (pointer) => place(pointer, true).line), document, place }
  }
}

/** Reads a file of a user. @throws SuiteError when it cannot be read or used */
export const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const message = code === 'ENOENT' ? 'no such file' : `cannot be read: ${(error as Error).message}`
    throw new SuiteError([{ file, line: 1, column: 1, message }])
  }
}

/**
 * Ajv's errors as problems of the file: one for each place, with the nearest known name where a name is unknown, provided
 * that the schema was compiled with `verbose`.
 * @param root what the value as a whole is called
 */
export const schemaProblems = (errors: readonly ErrorObject[], file: string, place: Parsed['place'], root = 'the file'): Problem[] => {
  const problems = errors
    .filter(({ keyword }) => keyword !== 'if' && keyword !== 'propertyNames')
    .map((error): Problem => {
      const params = error.params as { additionalProperty?: string; missingProperty?: string; allowedValues?: unknown[] }
      const where = error.instancePath || root
      const member = (name: string) => place(`${error.instancePath}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, true)
      if (params.additionalProperty !== undefined) {
        const known = Object.keys((error.parentSchema as { properties?: object } | undefined)?.properties ?? {})
        const message = `unknown member "${params.additionalProperty}"${suggest(params.additionalProperty, known)}`
        return { file, ...member(params.additionalProperty), message }
      }
      if (error.propertyName !== undefined)
        return { file, ...member(error.propertyName), message: `the name "${error.propertyName}" ${error.message}` }
      const spot = place(error.instancePath)
      if (params.missingProperty !== undefined) return { file, ...spot, message: `${where} lacks "${params.missingProperty}"` }
      if (params.allowedValues)
        return { file, ...spot, message: `${where} is none of ${params.allowedValues.map((value) => JSON.stringify(value)).join(', ')}` }
      return { file, ...spot, message: `${where} ${error.message ?? 'is wrong'}` }
    })
  return problems.filter(({ message }, position) => problems.findIndex((other) => other.message === message) === position)
}
