import type { Shapes } from '../schema/shapes.ts'
import type { Catalog, JsonObject, Suite } from '../types.ts'

/** What ships with the tool. */
export interface Builtins {
  readonly suites: readonly Suite[]
  readonly catalog: Catalog
  readonly shapes: Shapes
  /** The schema that users' suites are validated by. */
  readonly suiteSchema: JsonObject
}
