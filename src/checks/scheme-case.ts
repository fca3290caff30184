import type { View } from '../types.ts'
import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { bodyOf, isSuccess } from './failure.ts'
import { asObject, asString } from './read.ts'

// https://www.rfc-editor.org/rfc/rfc9110.html#section-11.1: scheme names are compared without case
const messageOf = (view: View): string => asString(asObject(asObject(bodyOf(view))?.error)?.message) ?? ''

/** The request may fail for other reasons; here only a refused key counts, and only where the key is good otherwise. */
export const schemeCase = defineCheck({
  id: 'scheme-case',
  summary: 'the key is accepted after "bearer" in lower case',
  codes: ['refused'],
  needs: 'any',
  over: 'exchange',
  judge([view], _, { traits }) {
    if (view.auth !== 'lowercase-scheme') return unobserved('the scheme was written as usual')
    const { status } = view.response
    if (isSuccess(view)) return held(1)
    if (status !== 401) return unobserved(`answered ${status}`)
    // the step names an organisation and a project that do not exist, for which 401 is right as well
    if (/\b(?:organi[sz]ation|project)\b/i.test(messageOf(view))) return unobserved('refused for its organisation or project')
    if (!traits.has('chat') && !traits.has('responses')) return unobserved('the key was accepted nowhere')
    return violated({ code: 'refused', at: { in: 'status' }, expected: '2xx', actual: '401' })
  },
})
