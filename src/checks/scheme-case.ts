import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isSuccess } from './failure.ts'

// https://www.rfc-editor.org/rfc/rfc9110.html#section-11.1: scheme names are compared without case
/** The request may fail for other reasons; here only a refused key counts, and only where the key is good otherwise. */
export const schemeCase = defineCheck({
  id: 'scheme-case',
  summary: 'the key is accepted after "bearer" in lower case',
  codes: ['refused'],
  needs: 'any',
  over: 'exchange',
  judge([view], _, { traits }) {
    if (view.auth !== 'lowercase-scheme') return unobserved('the scheme was written as usual')
    const { status } = view.response
    if (isSuccess(view)) return held(1)
    if (status !== 401) return unobserved(`answered ${status}`)
    if (!traits.has('chat') && !traits.has('responses')) return unobserved('the key was accepted nowhere')
    return violated({ code: 'refused', at: { in: 'status' }, expected: '2xx', actual: '401' })
  },
})
