import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isBusy, isDisguisedFailure, isSuccess } from './failure.ts'

export const unknownParam = defineCheck({
  id: 'unknown-param',
  summary: 'an unknown member is ignored or refused, and never an accident',
  codes: ['server-error', 'status', 'refused'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const { status } = view.response
    if (isDisguisedFailure(view)) return unobserved('a failure was answered with a success status')
    if (isSuccess(view)) return held(1)
    const saw = { at: { in: 'status' }, expected: '2xx, 400 or 422', actual: String(status) } as const
    if (status === 400 || status === 422) return held(1, [{ code: 'refused', ...saw }])
    if (isBusy(status) || status === 401 || status === 403 || status < 400) return unobserved(`answered ${status}`)
    return violated({ code: status >= 500 ? 'server-error' : 'status', ...saw })
  },
})
