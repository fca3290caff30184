import type { Violation } from '../types.ts'
import { defineCheck, unobserved, verdictOf } from './define-check.ts'
import { isSuccess } from './failure.ts'

/** Steps: create, delete, fetch, delete again. */
export const responsesDeleted = defineCheck({
  id: 'responses-deleted',
  summary: 'a deleted reply is gone',
  codes: ['status', 'still-there', 'deleted-twice'],
  needs: 'complete',
  over: 'probe',
  judge([, deleted, fetched, again]) {
    if (!deleted || !isSuccess(deleted)) return unobserved('nothing was deleted')
    const found: Violation[] = []
    if (deleted.response.status !== 200)
      found.push({ code: 'status', at: { in: 'status' }, expected: '200', actual: String(deleted.response.status), view: 1 })
    for (const [view, code, position] of [
      [fetched, 'still-there', 2],
      [again, 'deleted-twice', 3],
    ] as const) {
      const status = view?.response.status
      if (status === undefined || status === 404 || status === 429 || status >= 500) continue
      found.push({ code, at: { in: 'status' }, expected: '404', actual: String(status), view: position })
    }
    return verdictOf(found, 1, '')
  },
})
