import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { situationOf } from './error-situation.ts'
import { envelopeViolation, errorOf } from './failure.ts'
import { asString, show } from './read.ts'

const throttling = new Set(['rate_limit_exceeded', 'rate_limit_error', 'too_many_requests', 'rate_limited'])

/** Passive: throttling is never provoked. What calls itself throttling must have the status that clients wait on. */
export const throttledStatus = defineCheck({
  id: 'throttled-status',
  summary: 'throttling is answered 429 with the error envelope',
  codes: ['status', 'not-json', 'not-object', 'no-envelope'],
  needs: 'complete',
  over: 'exchange',
  judge([view], _, { traits }) {
    const { status } = view.response
    if (status === 429) {
      if (situationOf(view, traits) !== 'throttling') return unobserved('the body has another defect')
      const violation = envelopeViolation(view)
      return violation ? violated(violation) : held(1)
    }
    const error = errorOf(view)
    const name = [error?.code, error?.type].map(asString).find((value) => value !== undefined && throttling.has(value))
    if (name === undefined || status < 400) return unobserved('no throttling')
    return violated({ code: 'status', at: { in: 'status' }, expected: '429', actual: `${status} with ${show(name)}` })
  },
})
