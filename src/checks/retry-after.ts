import { defineCheck, held, inHeader, unobserved, violated } from './define-check.ts'
import { errorOf } from './failure.ts'
import { headerValue, show } from './read.ts'

// https://www.rfc-editor.org/rfc/rfc9110.html#section-10.2.3
export const retryAfter = defineCheck({
  id: 'retry-after',
  summary: 'a 429 or 503 says when to come back',
  codes: ['missing', 'value', 'past'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const { status, headers } = view.response
    if (status !== 429 && status !== 503) return unobserved(`answered ${status}`)
    const error = errorOf(view)
    // waiting does not bring credit back
    if (error?.code === 'insufficient_quota' || error?.type === 'insufficient_quota') return unobserved('the credit is used up')
    const value = headerValue(headers, 'retry-after')?.trim()
    const wrong = (code: string) =>
      violated({ code, at: inHeader('retry-after'), expected: 'seconds or a date to come', actual: show(value) })
    if (value === undefined || value === '') return wrong('missing')
    if (/^\d+$/.test(value)) return held(1)
    const date = /^[A-Za-z]{3,9},? /.test(value) ? Date.parse(value) : Number.NaN
    if (Number.isNaN(date)) return wrong('value')
    const now = Date.parse(headerValue(headers, 'date') ?? '')
    return date < now ? wrong('past') : held(1)
  },
})
