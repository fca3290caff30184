import type { Outcome, View } from '../types.ts'
import { defineCheck, held, inBody, unobserved, violated } from './define-check.ts'
import { asArray, asString, show } from './read.ts'
import {
  askedDimensions,
  decodeBase64,
  distance,
  entriesOf,
  floatsOf,
  inputOf,
  isFinite32,
  type Vector,
  vectorsOf,
  wantsBase64,
} from './read-embeddings.ts'

/** Two runs of a model differ in the last digits, in half precision in the third; another byte order differs in all of them. */
const tolerance = 0.05

// https://github.com/openai/openai-node src/resources/embeddings.ts: whatever comes is read as little-endian float32
/** Compares with the vectors of an earlier step that asked the same for floats. */
export const embeddingBase64 = defineCheck({
  id: 'embedding-base64',
  summary: 'base64 holds the vector as little-endian float32',
  codes: ['not-base64', 'length', 'byte-order', 'not-finite', 'differs'],
  needs: 'complete',
  over: 'probe',
  judge(views) {
    const view = views[views.length - 1] as View
    if (!wantsBase64(view)) return unobserved('base64 was not asked for')
    const twins = twinVectors(views, view)
    let compared = 0
    for (const [position, { pointer, embedding }] of entriesOf(view).entries()) {
      const outcome = judgeEntry(embedding, `${pointer}/embedding`, twins[position])
      if (outcome?.kind === 'violated') return outcome
      if (outcome) compared++
    }
    return compared > 0 ? held(compared) : unobserved('no vector to compare with')
  },
})

/** What the same request gave as floats. */
const twinVectors = (views: readonly View[], view: View): readonly (Vector | undefined)[] => {
  const [input, dimensions] = [JSON.stringify(inputOf(view)), askedDimensions(view)]
  const twin = views.find(
    (other) => !wantsBase64(other) && JSON.stringify(inputOf(other)) === input && askedDimensions(other) === dimensions,
  )
  return twin ? vectorsOf(twin) : []
}

/** @returns undefined where nothing is wrong as far as can be told without the vector itself */
const judgeEntry = (embedding: unknown, pointer: string, twin: Vector | undefined): Outcome | undefined => {
  const at = inBody(pointer)
  const list = asArray(embedding)
  if (list && list.length > 0) return violated({ code: 'not-base64', at, expected: 'a base64 string', actual: `a list of ${list.length}` })
  const text = asString(embedding)
  // no value and other types are the schema's business
  if (!text) return undefined
  const bytes = decodeBase64(text)
  if (!bytes) return violated({ code: 'not-base64', at, expected: 'a base64 string', actual: show(text, 40) })
  const size = bytes.byteLength
  if (size % 4 !== 0 || (twin && size !== twin.length * 4)) {
    const expected = twin ? `${twin.length} times 4 bytes` : 'a multiple of 4 bytes'
    return violated({ code: 'length', at, expected, actual: `${size} bytes` })
  }
  const values = floatsOf(bytes, true)
  const swapped = floatsOf(bytes, false)
  if (!values || !swapped) return undefined
  const apart = twin ? distance(values, twin) : Number.NaN
  if (apart <= tolerance) return held(1)
  const expected = 'the vector that was sent as floats'
  if (twin && distance(swapped, twin) <= tolerance)
    return violated({ code: 'byte-order', at, expected, actual: 'its bytes in reverse order' })
  if (!isFinite32(values)) return violated({ code: 'not-finite', at, expected: 'finite numbers', actual: 'NaN or infinity' })
  return twin ? violated({ code: 'differs', at, expected, actual: `a vector ${(apart * 100).toFixed(0)} % away` }) : undefined
}
