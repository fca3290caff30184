import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isBusy, isDisguisedFailure, isSuccess } from './failure.ts'
import { asObject, show } from './read.ts'

export const rreasoningEffort = defineCheck({
  id: 'rreasoning-effort',
  summary: 'reasoning.effort is accepted and echoed',
  codes: ['refused', 'echo'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const sent = asObject(asObject(view.request)?.reasoning)?.effort
    const { status } = view.response
    if (typeof sent !== 'string') return unobserved('no effort was asked for')
    if (!isSuccess(view)) {
      const refused = status >= 400 && status <= 499 && status !== 401 && status !== 403 && !isBusy(status)
      return refused
        ? violated({ code: 'refused', at: { in: 'status' }, expected: '2xx', actual: String(status) })
        : unobserved(`answered ${status}`)
    }
    const reply = asObject(view.completion)
    if (!reply || isDisguisedFailure(view) || reply.status === 'failed') return unobserved('no reply')
    const effort = asObject(reply.reasoning)?.effort
    if (effort === sent) return held(1)
    return violated({ code: 'echo', at: inCompletion('/reasoning/effort'), expected: show(sent), actual: show(effort) })
  },
})
