import type { JsonObject, JsonPointer } from '../types.ts'

/** The value at an RFC 6901 pointer, or undefined when there is none. */
export const valueAt = (value: unknown, pointer: JsonPointer): unknown => {
  let node = value
  for (const token of pointer.split('/').slice(1)) {
    if (typeof node !== 'object' || node === null) return undefined
    const name = token.replace(/~1/g, '/').replace(/~0/g, '~')
    if (!Object.hasOwn(node, name) || (Array.isArray(node) && !/^(0|[1-9]\d*)$/.test(name))) return undefined
    node = (node as JsonObject)[name]
  }
  return node
}
