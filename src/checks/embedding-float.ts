import type { View, Violation } from '../types.ts'
import { defineCheck, inBody, unobserved, verdictOf } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { asArray, show, typeName } from './read.ts'
import { askedDimensions, entriesOf, wantsBase64 } from './read-embeddings.ts'

const lengthOf = (embedding: unknown): number => asArray(embedding)?.length ?? 0

/** The length of the first vector that was sent as a list under the same `dimensions`, in this answer or an earlier one. */
const usualLength = (views: readonly View[], subject: View): number | undefined => {
  for (const view of views) {
    if (wantsBase64(view) || askedDimensions(view) !== askedDimensions(subject)) continue
    const first = entriesOf(view).find(({ embedding }) => lengthOf(embedding) > 0)
    if (first) return lengthOf(first.embedding)
  }
  return undefined
}

export const embeddingFloat = defineCheck({
  id: 'embedding-float',
  summary: 'vectors are lists of finite numbers, all of one length',
  codes: ['encoding', 'not-number', 'not-finite', 'length'],
  needs: 'complete',
  over: 'probe',
  judge(views) {
    const view = views[views.length - 1] as View
    if (!isSuccess(view)) return unobserved(`answered ${view.response.status}`)
    if (wantsBase64(view)) return unobserved('base64 was asked for')
    const usual = usualLength(views, view)
    const violations: Violation[] = []
    let subjects = 0
    for (const { pointer, embedding } of entriesOf(view)) {
      const at = inBody(`${pointer}/embedding`)
      const list = asArray(embedding)
      // an empty one is the schema's business, and so is any third type
      if (typeof embedding === 'string' && embedding !== '') {
        violations.push({ code: 'encoding', at, expected: 'a list of numbers', actual: show(embedding, 40) })
      }
      if (!list || list.length === 0) continue
      subjects++
      const bad = list.findIndex((value) => !Number.isFinite(value))
      if (bad >= 0) {
        const value = list[bad]
        const code = typeof value === 'number' ? 'not-finite' : 'not-number'
        const actual = typeof value === 'object' ? typeName(value) : String(value)
        violations.push({ code, at: inBody(`${pointer}/embedding/${bad}`), expected: 'a finite number', actual: actual.slice(0, 40) })
      } else if (list.length !== usual) {
        violations.push({ code: 'length', at, expected: `${usual} numbers`, actual: `${list.length} numbers` })
      }
      if (violations.length >= 20) break
    }
    return verdictOf(violations, subjects, 'no vectors')
  },
})
