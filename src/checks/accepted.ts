import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isBusy, isDisguisedFailure, isSuccess } from './failure.ts'

/** For sentences of the form "X is accepted": here a refusal is the violation, however politely it is made. */
export const accepted = defineCheck({
  id: 'accepted',
  summary: 'the request is answered with success',
  codes: ['refused'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const { status } = view.response
    if (isDisguisedFailure(view)) return unobserved('a failure was answered with a success status')
    if (isSuccess(view)) return held(1)
    const refused = status === 501 || (status >= 400 && status <= 499 && status !== 401 && status !== 403 && !isBusy(status))
    if (!refused) return unobserved(`answered ${status}`)
    return violated({ code: 'refused', at: { in: 'status' }, expected: '2xx', actual: String(status) })
  },
})
