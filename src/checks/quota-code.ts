import { defineCheck, held, inBody, unobserved, violated } from './define-check.ts'
import { errorOf } from './failure.ts'
import { asString, show } from './read.ts'

/** Words of money, not of haste: "quota" alone is said of rates too. */
const aboutMoney =
  /exceeded your current quota|(insufficient|not enough|out of|no|negative) (quota|credits?|balance|funds)|credit balance|payment required|check your plan and billing|add (more )?credits/i

/** Passive: nobody's credit is used up on purpose. Waiting helps against throttling, and never against an empty account. */
export const quotaCode = defineCheck({
  id: 'quota-code',
  summary: 'exhausted credit is told apart from throttling',
  codes: ['unnamed'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const { status } = view.response
    const error = errorOf(view)
    if (status === 402) return held(1)
    if (!error || ![400, 403, 429, 503].includes(status)) return unobserved('no exhausted credit')
    if (error.code === 'insufficient_quota' || error.type === 'insufficient_quota') return held(1)
    if (!aboutMoney.test(asString(error.message) ?? '')) return unobserved('no exhausted credit')
    const actual = `${status} with ${show(error.code)}`
    return violated({ code: 'unnamed', at: inBody('/error/code'), expected: '402, or "insufficient_quota"', actual })
  },
})
