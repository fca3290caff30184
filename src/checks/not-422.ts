import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { asksForOptional } from './optional-request.ts'

/** Members whose breakage has its own rule about the status. */
const others = new Set(['path', 'method', 'media-type', 'model', 'id', 'body', 'key', 'zz_unknown_param'])

export const not422 = defineCheck({
  id: 'not-422',
  summary: 'a value that breaks the schema is answered 400 and not 422',
  codes: ['unprocessable'],
  needs: 'any',
  over: 'exchange',
  judge([view], _, { traits }) {
    const { breaks } = view
    const { status } = view.response
    if (breaks === undefined || others.has(breaks)) return unobserved('no value was broken')
    if (status === 400) return held(1)
    if (status !== 422) return unobserved(`answered ${status}`)
    // RFC 9110, section 15.5.21: a sound request that cannot be followed is what 422 is for
    if (asksForOptional(view, traits)) return unobserved('what was broken may be refused as such')
    return violated({ code: 'unprocessable', at: { in: 'status' }, expected: '400', actual: '422' })
  },
})
