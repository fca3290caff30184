import type { Outcome, View, Violation } from '../types.ts'
import { defineCheck, held, inBody, unobserved, verdictOf, violated } from './define-check.ts'
import { asArray, asObject, show } from './read.ts'
import { cosine, entriesOf, inputOf, mostEntries, type Vector, vectorsOf } from './read-embeddings.ts'

/** Runs on a GPU are not equal to the bit; the same text in the same request comes closer than this in every precision. */
const same = 0.999

/** Pairs of more inputs than these would be many. */
const mostInputs = 16

const textsOf = (view: View): readonly string[] | undefined => {
  const input = asArray(inputOf(view))
  return input && input.length > 1 && input.every((text) => typeof text === 'string') ? (input as readonly string[]) : undefined
}

/**
 * Judges a list of texts by itself: how many vectors, how they are numbered, equal texts alike, and different ones not.
 * And a single text after such a list: it has to be closest to the vector in its own place.
 */
export const embeddingBatch = defineCheck({
  id: 'embedding-batch',
  summary: 'several texts give one vector each, in their order',
  codes: ['count', 'index', 'order', 'same'],
  needs: 'complete',
  over: 'probe',
  judge(views) {
    const view = views[views.length - 1] as View
    const data = asArray(asObject(view.json)?.data)
    if (!data) return unobserved('no list of embeddings')
    const texts = textsOf(view)
    if (!texts) return judgeSingle(view, views)
    if (data.length !== texts.length)
      return violated({ code: 'count', at: inBody('/data'), expected: `${texts.length} entries`, actual: `${data.length} entries` })
    if (entriesOf(view).length < Math.min(data.length, mostEntries)) return unobserved('entries that are no objects')
    const violations = entriesOf(view).flatMap(({ pointer, index }, position): Violation[] =>
      index === undefined || index === position
        ? []
        : [{ code: 'index', at: inBody(`${pointer}/index`), expected: String(position), actual: String(index) }],
    )
    if (violations.length === 0) violations.push(...compare(texts.slice(0, mostInputs), vectorsOf(view)))
    return verdictOf(violations, data.length, 'no entries')
  },
})

/** Vectors that are not sound are judged elsewhere. */
const compare = (texts: readonly string[], vectors: readonly (Vector | undefined)[]): readonly Violation[] => {
  const found: Violation[] = []
  for (let later = 1; later < texts.length; later++) {
    for (let earlier = 0; earlier < later; earlier++) {
      const [one, other] = [vectors[earlier], vectors[later]]
      if (!one || !other) continue
      const at = inBody(`/data/${later}/embedding`)
      if (texts[earlier] === texts[later]) {
        const near = cosine(one, other)
        if (near !== undefined && near <= same)
          found.push({ code: 'order', at, expected: `like the vector of the same text at ${earlier}`, actual: `cosine ${near.toFixed(4)}` })
      } else if (areEqual(one, other)) {
        found.push({ code: 'same', at, expected: `another vector than that of ${show(texts[earlier])}`, actual: 'the same' })
      }
    }
  }
  return found.slice(0, 1)
}

/** Different texts may lie close together, but never on one another. */
const areEqual = (one: Vector, other: Vector): boolean => {
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false
  return true
}

const judgeSingle = (view: View, views: readonly View[]): Outcome => {
  const text = inputOf(view)
  const [vector] = vectorsOf(view)
  const list = views.find((other) => other !== view && textsOf(other)?.includes(text as string))
  const texts = list && textsOf(list)
  if (!vector || !list || !texts || entriesOf(list).length !== texts.length) return unobserved('no list to compare with')
  const nears = vectorsOf(list).map((other) => other && cosine(vector, other))
  const own = nears[texts.indexOf(text as string)]
  if (own === undefined) return unobserved('no vectors to compare')
  const other = nears.findIndex((near, position) => texts[position] !== text && near !== undefined && near > same && near > own + 0.01)
  if (other < 0) return own > same ? held(1) : unobserved(`cosine ${own.toFixed(4)} between two requests`)
  const at = inBody(`/data/${other}/embedding`)
  const actual = `the vector of ${show(text)}`
  return violated({ code: 'order', at, expected: `the vector of ${show(texts[other])}`, actual, view: views.indexOf(list) })
}
