import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isDisguisedFailure, isSuccess, ownsDisguise } from './failure.ts'

/**
 * Names a failure under a success status by its body. A broken request that is simply served is not meant here:
 * that leniency belongs to the requirement about the broken member, and an error event to those about streams.
 */
export const statusClass = defineCheck({
  id: 'status-class',
  summary: 'a failure has a failing status',
  codes: ['success-status'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const { status } = view.response
    if (isSuccess(view)) {
      if (ownsDisguise(view)) return unobserved('the status is judged where the request was broken')
      if (!view.streamed && isDisguisedFailure(view))
        return violated({ code: 'success-status', at: { in: 'status' }, expected: '4xx or 5xx', actual: String(status) })
      return unobserved('no failure')
    }
    return status >= 400 ? held(1) : unobserved(`answered ${status}`)
  },
})
