import { defineCheck, held, inBody, unobserved, violated } from './define-check.ts'
import { errorOf, isBusy } from './failure.ts'
import { show } from './read.ts'

/** Compares `error.code` of a refusal; that the member exists and is a string or null is owed elsewhere. */
export const errorCode = defineCheck<{ readonly is: string }>({
  id: 'error-code',
  summary: 'the error has the code by which clients tell it',
  codes: ['code'],
  needs: 'complete',
  over: 'exchange',
  args: { type: 'object', required: ['is'], additionalProperties: false, properties: { is: { type: 'string' } } },
  judge([view], { is }) {
    const { status } = view.response
    if (status < 400 || status > 499 || status === 401 || status === 403 || isBusy(status)) return unobserved(`answered ${status}`)
    const error = errorOf(view)
    if (!error) return unobserved('no error envelope')
    const { code, param } = error
    if (typeof param === 'string' && param !== '' && !param.startsWith('model')) return unobserved(`the refusal is about ${show(param)}`)
    if (code !== null && typeof code !== 'string') return unobserved('error.code is neither a string nor null')
    return code === is ? held(1) : violated({ code: 'code', at: inBody('/error/code'), expected: show(is), actual: show(code) })
  },
})
