import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isBusy, isDisguisedFailure, isSuccess, judgeStatus } from './failure.ts'

/** The step says by `breaks` whether its value lies outside of the range. */
export const samplingRange = defineCheck({
  id: 'sampling-range',
  summary: 'values in the documented range are accepted, others are refused with 400',
  codes: ['refused', 'status', 'lenient'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    if (view.breaks !== undefined) return judgeStatus(view, { is: [400], also: [422] })
    const { status } = view.response
    if (isSuccess(view)) return isDisguisedFailure(view) ? unobserved('a failure was answered with a success status') : held(1)
    if (status < 400 || status > 499 || status === 401 || status === 403 || isBusy(status)) return unobserved(`answered ${status}`)
    return violated({ code: 'refused', at: { in: 'status' }, expected: '2xx', actual: String(status) })
  },
})
