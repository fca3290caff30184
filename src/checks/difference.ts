import { asArray, asObject } from './read.ts'

export interface Difference {
  readonly pointer: string
  readonly expected: unknown
  readonly actual: unknown
}

/** Absent, null and empty say the same: servers differ in what they write out. */
const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** Members of output items in openapi.yaml: whatever else one copy has and the other lacks is an addition of the vendor. */
const standard: ReadonlySet<string> = new Set(
  'id type status role content text annotations refusal logprobs summary arguments name call_id encrypted_content input output action queries'.split(
    ' ',
  ),
)

/**
 * The first place where two copies of output items differ, apart from members that are ignored; undefined when there is none.
 * Their order does not matter.
 */
export const firstDifference = (
  expected: unknown,
  actual: unknown,
  ignored: ReadonlySet<string>,
  pointer = '',
  depth = 0,
): Difference | undefined => {
  if (Object.is(expected, actual) || expected === actual || depth > 50) return undefined
  if (isNothing(expected) && isNothing(actual)) return undefined
  const [left, right] = [asArray(expected), asArray(actual)]
  if (left && right) {
    if (left.length !== right.length) return { pointer, expected: `${left.length} entries`, actual: `${right.length} entries` }
    for (const [index, value] of left.entries()) {
      const found = firstDifference(value, right[index], ignored, `${pointer}/${index}`, depth + 1)
      if (found) return found
    }
    return undefined
  }
  const [one, other] = [asObject(expected), asObject(actual)]
  if (!one || !other) return { pointer, expected, actual }
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    if (ignored.has(name) || (!standard.has(name) && (one[name] === undefined || other[name] === undefined))) continue
    const token = name.replace(/~/g, '~0').replace(/\//g, '~1')
    const found = firstDifference(one[name], other[name], ignored, `${pointer}/${token}`, depth + 1)
    if (found) return found
  }
  return undefined
}
