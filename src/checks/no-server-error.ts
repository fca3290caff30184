import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isBusy } from './failure.ts'

/** Of requests that were sound. A broken one answered 5xx violates the requirement about what was broken. */
export const noServerError = defineCheck({
  id: 'no-server-error',
  summary: 'a sound request is not answered 5xx',
  codes: ['server-error'],
  needs: 'any',
  over: 'exchange',
  judge([
    {
      breaks,
      response: { status },
    },
  ]) {
    if (breaks !== undefined) return unobserved('the request was broken on purpose')
    if (status < 500) return held(1)
    // 501 declines what is not offered
    if (status === 501 || isBusy(status)) return unobserved(`answered ${status}`)
    return violated({ code: 'server-error', at: { in: 'status' }, expected: '2xx or 4xx', actual: String(status) })
  },
})
