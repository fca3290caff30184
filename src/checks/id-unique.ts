import type { Violation } from '../types.ts'
import { defineCheck, inCompletion, unobserved, verdictOf } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { asObject, asString, show } from './read.ts'

export const idUnique = defineCheck({
  id: 'id-unique',
  summary: 'no two answers of the run have the same id',
  codes: ['repeated'],
  needs: 'any',
  over: 'run',
  judge(views) {
    const seen = new Set<string>()
    const violations: Violation[] = []
    for (const [position, view] of views.entries()) {
      const id = isSuccess(view) ? asString(asObject(view.completion)?.id) : undefined
      if (!id) continue
      if (seen.has(id) && violations.length < 20) {
        violations.push({ code: 'repeated', at: inCompletion('/id'), expected: 'an id of its own', actual: show(id), view: position })
      }
      seen.add(id)
    }
    if (seen.size + violations.length < 2) return unobserved('fewer than two answers with an id')
    return verdictOf(violations, seen.size, 'no ids')
  },
})
