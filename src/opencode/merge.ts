import { isObject, type Json } from './world.ts'

/** Two lists of one of these names are joined; every other list is replaced. */
const joined = new Set(['plugin', 'instructions'])

/** Joins two configurations member by member; the later one wins. */
export const mergeDeep = (earlier: Json, later: Json): Json => {
  const merged: Record<string, unknown> = { ...earlier }
  for (const [name, value] of Object.entries(later)) {
    const before = merged[name]
    if (isObject(before) && isObject(value)) merged[name] = mergeDeep(before, value)
    else if (joined.has(name) && Array.isArray(before) && Array.isArray(value)) merged[name] = [...new Set([...before, ...value])]
    else merged[name] = value
  }
  return merged
}

/** RFC 7396: what a merge patch makes of a value. */
export const applyPatch = (value: unknown, patch: unknown): unknown => {
  if (!isObject(patch)) return patch
  const result: Record<string, unknown> = isObject(value) ? { ...value } : {}
  for (const [name, member] of Object.entries(patch)) {
    if (member === null) delete result[name]
    else result[name] = applyPatch(result[name], member)
  }
  return result
}

/** A value at the end of a path, as a patch. */
export const patchAt = (path: readonly string[], value: unknown): Json =>
  path.toReversed().reduce<unknown>((inner, name) => ({ [name]: inner }), value) as Json
