import { defineCheck, held, inBody, unobserved, violated } from './define-check.ts'
import { situationOf } from './error-situation.ts'
import { envelopeViolation, errorOf } from './failure.ts'
import { show } from './read.ts'

export const refusedKeyBody = defineCheck({
  id: 'refused-key-body',
  summary: 'a refused key is answered with the error envelope and its code',
  codes: ['not-json', 'not-object', 'no-envelope', 'no-code', 'other-code'],
  needs: 'complete',
  over: 'exchange',
  judge([view], _, { traits }) {
    if (situationOf(view, traits) !== 'refused-key') return unobserved('no key was refused with 401')
    const violation = envelopeViolation(view)
    if (violation) return violated(violation)
    if (view.auth !== 'wrong') return held(1)
    const code = errorOf(view)?.code
    const other = { at: inBody('/error/code'), expected: '"invalid_api_key"', actual: show(code) }
    if (code === null || code === '') return violated({ code: 'no-code', ...other })
    // a code that is absent or no string is a defect of the member
    return typeof code !== 'string' || code === 'invalid_api_key' ? held(1) : held(1, [{ code: 'other-code', ...other }])
  },
})
