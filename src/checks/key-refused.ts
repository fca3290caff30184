import type { View } from '../types.ts'
import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isDisguisedFailure, isSuccess, judgeStatus } from './failure.ts'

/**
 * Judged over the steps without a key and with a wrong one: where both are served, the endpoint wants no key,
 * and that a key was given to us does not oblige it to.
 */
export const keyRefused = defineCheck<{ readonly auth: 'none' | 'wrong' }>({
  id: 'key-refused',
  summary: 'a request without a key, or with a wrong one, is answered 401',
  codes: ['status', 'served'],
  needs: 'any',
  over: 'probe',
  args: { type: 'object', required: ['auth'], additionalProperties: false, properties: { auth: { enum: ['none', 'wrong'] } } },
  judge(views, { auth }) {
    const index = views.findIndex((view) => view.auth === auth)
    const subject = views[index]
    if (!subject) return unobserved('no such request was sent')
    if (isServed(subject)) {
      if (views.every(isServed)) return unobserved('the endpoint wants no key')
      return violated({ code: 'served', at: { in: 'status' }, expected: '401', actual: String(subject.response.status), view: index })
    }
    const outcome = judgeStatus(subject, { is: [401] })
    if (outcome.kind !== 'violated') return outcome.kind === 'held' ? held(1) : outcome
    return violated({ ...outcome.violations[0], view: index })
  },
})

const isServed = (view: View): boolean => isSuccess(view) && !isDisguisedFailure(view)
