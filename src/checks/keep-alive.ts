import type { Violation } from '../types.ts'
import { defineCheck, unobserved, verdictOf } from './define-check.ts'

/** RFC 9112 section 9.3: a connection persists unless an answer says otherwise, by a header or by being HTTP/1.0. */
export const keepAlive = defineCheck({
  id: 'keep-alive',
  summary: 'a connection stays open behind an answer that does not say otherwise',
  codes: ['dropped'],
  needs: 'any',
  over: 'probe',
  judge(views) {
    const violations: Violation[] = []
    let kept = 0
    for (const [position, { connection }] of views.entries()) {
      const before = views[position - 1]
      // behind an answer that we did not read to its end, the connection was ended by us
      if (!before || connection === undefined || before.response.end !== 'complete') continue
      if (connection === 'dropped')
        violations.push({ code: 'dropped', at: { in: 'end' }, expected: 'open', actual: 'closed without notice', view: position - 1 })
      else kept++
    }
    return views.length < 2 ? unobserved('one request only') : verdictOf(violations, kept, 'it is not known which connections were used')
  },
})
