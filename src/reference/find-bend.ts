import type { Bend } from './exchange.ts'
import { findFault } from './faults.ts'
import { findVariant } from './variants.ts'

/** A fault or a legal variant by name; an unknown name is an error, since a run that bends nothing proves nothing. */
export const findBend = (name: string): Bend => {
  const found = findFault(name) ?? findVariant(name)
  if (!found) throw new Error(`There is no fault or variant named '${name}'.`)
  return found
}
