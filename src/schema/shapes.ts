import type { ErrorObject, ValidateFunction } from 'ajv'
import type { JsonObject, JsonPointer } from '../types.ts'

/** One place where a value has another shape than its schema says. */
export interface ShapeError {
  readonly pointer: JsonPointer
  readonly code: string
  readonly expected: string
  readonly actual: string
  /** The nearest enclosing `x-requirement` of the violated keyword, when there is one. */
  readonly requirement: string | undefined
}

export type Validate = Pick<ValidateFunction, 'errors'> & ((value: unknown) => boolean)

/** Compiled shapes by name (the `$id` of the schema), and the documents they were compiled from. */
export interface Shapes {
  readonly validators: ReadonlyMap<string, Validate>
  readonly documents: ReadonlyMap<string, JsonObject>
}

/** What an endpoint sends must not make us collect without end. */
const maxErrors = 20

/** Whether a value has a named shape; an unknown name fits everything. */
export const fits = ({ validators }: Shapes, name: string): ((value: unknown) => boolean) => validators.get(name) ?? (() => true)

/** Judges a value by a named shape. An unknown name has no errors: what has no schema has no shape. */
export const shapeErrors = (shapes: Shapes, name: string, value: unknown): readonly ShapeError[] => {
  const validate = shapes.validators.get(name)
  if (!validate || validate(value)) return []
  return oneDefectOneError((validate.errors ?? []) as ErrorObject[])
    .slice(0, maxErrors)
    .map((error) => describe(shapes, name, error))
}

/**
 * `if` and its kind repeat what their branches have said. And where a type is wrong, whatever else is wrong
 * at the same place follows from it.
 */
const oneDefectOneError = (errors: readonly ErrorObject[]): readonly ErrorObject[] => {
  const telling = errors.filter(({ keyword }) => !['if', 'allOf', 'anyOf', 'oneOf'].includes(keyword))
  const wrongType = new Set(telling.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath))
  return telling.filter(({ keyword, instancePath }, position) => {
    if (keyword === 'type')
      return telling.findIndex((other) => other.keyword === 'type' && other.instancePath === instancePath) === position
    return !wrongType.has(instancePath)
  })
}

const describe = (shapes: Shapes, name: string, error: ErrorObject): ShapeError => {
  const missing = error.keyword === 'required' ? String((error.params as { missingProperty: string }).missingProperty) : undefined
  return {
    pointer: missing === undefined ? error.instancePath : `${error.instancePath}/${missing.replace(/~/g, '~0').replace(/\//g, '~1')}`,
    code: codes[error.keyword] ?? error.keyword.toLowerCase(),
    expected: missing === undefined ? expectation(error) : 'present',
    actual: missing === undefined ? '' : 'absent',
    requirement: requirementAt(shapes, name, error.schemaPath),
  }
}

/** Codes of shape violations, by the keyword of JSON Schema that was violated. */
const codes: Readonly<Record<string, string>> = {
  type: 'type',
  required: 'missing',
  const: 'value',
  enum: 'value',
  minLength: 'empty',
  minItems: 'empty',
  minimum: 'range',
  maximum: 'range',
  pattern: 'pattern',
  not: 'forbidden',
  additionalProperties: 'unknown-member',
}

const expectation = ({ keyword, params, message }: ErrorObject): string => {
  const values = params as {
    type?: string | string[]
    allowedValue?: unknown
    allowedValues?: unknown[]
    limit?: number
    comparison?: string
  }
  if (keyword === 'type') return [values.type].flat().join(' or ')
  if (keyword === 'const') return JSON.stringify(values.allowedValue)
  if (keyword === 'enum') return (values.allowedValues ?? []).map((value) => JSON.stringify(value)).join(', ')
  if (keyword === 'minLength' || keyword === 'minItems') return 'not empty'
  if (keyword === 'minimum' || keyword === 'maximum') return `${values.comparison} ${values.limit}`
  return message ?? keyword
}

/**
 * Walks from the root of the schema to the violated keyword and keeps the last `x-requirement` on the way.
 * A schema path starts with `#/` inside the schema that was asked for, or with the name of the one referred to.
 */
const requirementAt = (shapes: Shapes, name: string, schemaPath: string): string | undefined => {
  const [document, pointer = ''] = schemaPath.split('#')
  let node: unknown = shapes.documents.get(document || name) ?? shapes.documents.get(name)
  let found: string | undefined
  for (const token of pointer.split('/')) {
    if (token !== '') node = (node as JsonObject | undefined)?.[decodeURIComponent(token).replace(/~1/g, '/').replace(/~0/g, '~')]
    const own = (node as JsonObject | undefined)?.['x-requirement']
    if (typeof own === 'string') found = own
  }
  return found
}
