import type { JsonObject, JsonPointer, View } from '../types.ts'
import { isSuccess } from './failure.ts'
import { asArray, asInteger, asObject, asString, perView } from './read.ts'

// What several checks of embeddings read alike. Nothing here throws or repairs, whatever an endpoint sends.

export type Vector = ArrayLike<number>

/** Longer vectors are not compared: no model makes them. */
const longest = 1 << 16

/** Entries beyond these repeat what the first ones tell. */
export const mostEntries = 64

interface Embedded {
  readonly pointer: JsonPointer
  readonly index: number | undefined
  readonly embedding: unknown
}

const requestOf = (view: View): JsonObject | undefined => asObject(view.request)

export const inputOf = (view: View): unknown => requestOf(view)?.input

export const wantsBase64 = (view: View): boolean => requestOf(view)?.encoding_format === 'base64'

export const askedDimensions = (view: View): number | undefined => asInteger(requestOf(view)?.dimensions)

/** The entries of an answer of success; what is no object is the schema's business. */
export const entriesOf = perView((view): readonly Embedded[] => {
  const data = isSuccess(view) ? (asArray(asObject(view.json)?.data) ?? []) : []
  return data.slice(0, mostEntries).flatMap((value, position) => {
    const entry = asObject(value)
    return entry ? [{ pointer: `/data/${position}`, index: asInteger(entry.index), embedding: entry.embedding }] : []
  })
})

/** How many vectors are owed: tokens of one text are one input, and anything else in a list is one each. */
export const inputsAsked = (view: View): number | undefined => {
  const input = inputOf(view)
  const list = asArray(input)
  if (typeof input === 'string' || (list && typeof list[0] === 'number')) return 1
  return list?.length
}

/** RFC 4648 section 4; line breaks are let pass, because every decoder skips them. */
const alphabet = /^[A-Za-z0-9+/\r\n]*={0,2}\s*$/

/** The bytes of a base64 text; undefined when it is none. */
export const decodeBase64 = (text: string): Buffer | undefined => (alphabet.test(text) ? Buffer.from(text, 'base64') : undefined)

/** Reads bytes as float32 in either order; undefined when they do not come out even. */
export const floatsOf = (bytes: Uint8Array, littleEndian: boolean): Float32Array | undefined => {
  if (bytes.byteLength % 4 !== 0 || bytes.byteLength / 4 > longest) return undefined
  const reader = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const values = new Float32Array(bytes.byteLength / 4)
  for (let at = 0; at < values.length; at++) values[at] = reader.getFloat32(at * 4, littleEndian)
  return values
}

export const isFinite32 = (vector: Vector): boolean => {
  for (let at = 0; at < vector.length; at++) if (!Number.isFinite(vector[at])) return false
  return true
}

export const isZero = (vector: Vector): boolean => {
  for (let at = 0; at < vector.length; at++) if (vector[at] !== 0) return false
  return true
}

/** A vector in whichever encoding; undefined when it is not sound, which other rules say. */
const vectorOf = ({ embedding }: Embedded): Vector | undefined => {
  const text = asString(embedding)
  const bytes = text ? decodeBase64(text) : undefined
  const vector = bytes ? floatsOf(bytes, true) : (asArray(embedding) as readonly number[] | undefined)
  return vector && vector.length > 0 && vector.length <= longest && isFinite32(vector) ? vector : undefined
}

/** The vectors of an answer, by position. */
export const vectorsOf = perView((view): readonly (Vector | undefined)[] => entriesOf(view).map(vectorOf))

/** How many dimensions an embedding has, in whichever encoding; undefined where it is not one list of values. */
export const dimensionsOf = (embedding: unknown): number | undefined => {
  const list = asArray(embedding)
  if (list) return typeof list[0] === 'object' ? undefined : list.length
  const bytes = asString(embedding) ? decodeBase64(embedding as string) : undefined
  return bytes && bytes.byteLength % 4 === 0 ? bytes.byteLength / 4 : undefined
}

/** From -1 to 1; undefined where a vector is zero or the lengths differ. */
export const cosine = (one: Vector, other: Vector): number | undefined => {
  if (one.length !== other.length) return undefined
  let [dot, left, right] = [0, 0, 0]
  for (let at = 0; at < one.length; at++) {
    const [a, b] = [one[at] as number, other[at] as number]
    dot += a * b
    left += a * a
    right += b * b
  }
  return left > 0 && right > 0 ? dot / Math.sqrt(left * right) : undefined
}

/** How far two vectors lie apart, as a share of the longer one; 0 for equal ones. */
export const distance = (one: Vector, other: Vector): number => {
  if (one.length !== other.length) return Number.POSITIVE_INFINITY
  let [apart, left, right] = [0, 0, 0]
  for (let at = 0; at < one.length; at++) {
    const [a, b] = [one[at] as number, other[at] as number]
    apart += (a - b) ** 2
    left += a * a
    right += b * b
  }
  return apart === 0 ? 0 : Math.sqrt(apart / Math.max(left, right))
}
