import { defineCheck, held, unobserved, violated } from './define-check.ts'

/** Members whose breakage has its own rule about the status. */
const others = new Set(['path', 'method', 'media-type', 'model', 'id', 'body', 'key', 'zz_unknown_param', 'response_format'])

export const not422 = defineCheck({
  id: 'not-422',
  summary: 'a value that breaks the schema is answered 400 and not 422',
  codes: ['unprocessable'],
  needs: 'any',
  over: 'exchange',
  judge([
    {
      breaks,
      response: { status },
    },
  ]) {
    if (breaks === undefined || others.has(breaks)) return unobserved('no value was broken')
    if (status === 400) return held(1)
    if (status !== 422) return unobserved(`answered ${status}`)
    return violated({ code: 'unprocessable', at: { in: 'status' }, expected: '400', actual: '422' })
  },
})
