import type { Violation } from '../types.ts'
import { defineCheck, inBody, unobserved, verdictOf } from './define-check.ts'
import { isSuccess, judgeStatus } from './failure.ts'
import { askedDimensions, dimensionsOf, entriesOf } from './read-embeddings.ts'

/** Models of one length only may refuse; to go on as if nothing had been asked fills an index with vectors that do not fit. */
export const embeddingDimensions = defineCheck({
  id: 'embedding-dimensions',
  summary: 'vectors have as many dimensions as were asked for, or the request is refused',
  codes: ['ignored', 'lenient'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const asked = askedDimensions(view)
    if (asked === undefined) return unobserved('no dimensions were asked for')
    const { status } = view.response
    if (!isSuccess(view))
      return status === 400 || status === 422 ? judgeStatus(view, { is: [400], also: [422] }) : unobserved(`answered ${status}`)
    const violations: Violation[] = []
    let subjects = 0
    for (const { pointer, embedding } of entriesOf(view)) {
      const dimensions = dimensionsOf(embedding)
      if (!dimensions) continue
      subjects++
      if (dimensions !== asked && violations.length < 20)
        violations.push({
          code: 'ignored',
          at: inBody(`${pointer}/embedding`),
          expected: `${asked} dimensions`,
          actual: String(dimensions),
        })
    }
    return verdictOf(violations, subjects, 'no vectors')
  },
})
