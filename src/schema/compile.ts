import { Ajv2020, type Options } from 'ajv/dist/2020.js'
import type { JsonObject } from '../types.ts'
import type { Shapes, Validate } from './shapes.ts'

/** Our own keywords in schema documents; Ajv must not take them for mistakes. */
const annotations = ['x-requirement']

/** Ajv as we use it everywhere. `strictTypes` is off because subschemas in `allOf` rely on the type said beside them. */
export const createAjv = (options: Options = {}): Ajv2020 => {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false, ...options })
  for (const keyword of annotations) ajv.addKeyword({ keyword, schemaType: 'string' })
  return ajv
}

/** @param documents schemas with an `$id`; they may refer to each other by it. Throws on a schema that is not valid. */
export const compileShapes = (documents: readonly JsonObject[]): Shapes => {
  const ajv = createAjv()
  const byName = new Map(documents.map((document) => [String(document.$id), document]))
  for (const [name, document] of byName) ajv.addSchema(document, name)
  return { validators: new Map([...byName.keys()].map((name) => [name, ajv.getSchema(name) as Validate])), documents: byName }
}
