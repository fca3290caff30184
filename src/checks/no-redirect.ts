import { defineCheck, held, inHeader, unobserved, violated } from './define-check.ts'
import { headerValue } from './read.ts'

/** Clients do not repeat a POST body after a redirect, and some drop the key on the way. */
export const noRedirect = defineCheck({
  id: 'no-redirect',
  summary: 'the resource answers at its address and does not send the client elsewhere',
  codes: ['redirected'],
  needs: 'any',
  over: 'exchange',
  judge([{ breaks, response }]) {
    const { status } = response
    if (breaks === 'path' || breaks === 'method' || breaks === 'key') return unobserved('no resource was asked for')
    if (status >= 300 && status <= 399 && status !== 304) {
      return violated({
        code: 'redirected',
        at: inHeader('location'),
        expected: 'an answer',
        actual: `${status} ${headerValue(response.headers, 'location') ?? ''}`.trim(),
      })
    }
    return status === 404 || status === 405 ? unobserved(`answered ${status}`) : held(1)
  },
})
