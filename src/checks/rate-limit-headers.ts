import type { Violation } from '../types.ts'
import { defineCheck, inHeader, unobserved, verdictOf } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { headerValue, show } from './read.ts'

const integer = /^\d+$/
/** `6m0s`, `20ms`, `7.66s`; plain seconds and dates are in use as well. */
const duration = /^((\d+(\.\d+)?(ms|s|m|h|d))+|\d+(\.\d+)?|\d{4}-\d\d-\d\dT.+)$/
const expected = { limit: integer, remaining: integer, reset: duration } as const

/** An endpoint without any of these headers may have no limits: then nothing is owed. */
export const rateLimitHeaders = defineCheck({
  id: 'rate-limit-headers',
  summary: 'limits of requests and tokens are told completely and in numbers',
  codes: ['missing', 'value'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const { headers } = view.response
    if (!isSuccess(view) || !headers.some(([name]) => /^x-ratelimit-(limit|remaining|reset)-(requests|tokens)$/i.test(name)))
      return unobserved('no rate limits are told')
    const violations: Violation[] = []
    for (const subject of ['requests', 'tokens']) {
      for (const [kind, pattern] of Object.entries(expected)) {
        const name = `x-ratelimit-${kind}-${subject}`
        const value = headerValue(headers, name)?.trim()
        const words = kind === 'reset' ? 'a duration' : 'an integer'
        if (value === undefined) violations.push({ code: 'missing', at: inHeader(name), expected: words, actual: 'absent' })
        else if (!pattern.test(value)) violations.push({ code: 'value', at: inHeader(name), expected: words, actual: show(value) })
      }
    }
    return verdictOf(violations, 6, '')
  },
})
