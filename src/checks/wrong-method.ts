import { defineCheck, held, inHeader, violated } from './define-check.ts'
import { judgeStatus } from './failure.ts'
import { headerValues } from './read.ts'

// https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.6: a 405 must carry Allow
export const wrongMethod = defineCheck({
  id: 'wrong-method',
  summary: 'a wrong method is answered 405 with Allow, or 404',
  codes: ['status', 'no-allow', 'wrong-allow', 'lenient'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const outcome = judgeStatus(view, { is: [405], also: [404] })
    if (view.response.status !== 405) return outcome
    const allow = headerValues(view.response.headers, 'allow').join(', ')
    const missing = { at: inHeader('allow'), expected: 'POST' }
    if (allow.trim() === '') return violated({ code: 'no-allow', ...missing, actual: 'absent' })
    const methods = allow.split(',').map((method) => method.trim().toUpperCase())
    return methods.includes('POST') ? held(1) : violated({ code: 'wrong-allow', ...missing, actual: allow })
  },
})
