import type { View } from '../types.ts'
import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isBusy } from './failure.ts'

// https://www.rfc-editor.org/rfc/rfc9110.html#section-9.3.2
/** The first step is the GET, the last the HEAD. */
export const headAnswer = defineCheck({
  id: 'head-answer',
  summary: 'HEAD is answered like GET, or 405',
  codes: ['status', 'body'],
  needs: 'any',
  over: 'probe',
  judge(views) {
    const [get] = views
    const head = views[views.length - 1] as View
    if (get === head || !head.endpoint.startsWith('HEAD ')) return unobserved('no HEAD to compare')
    const [expected, actual] = [get.response.status, head.response.status]
    if (isBusy(expected) || isBusy(actual)) return unobserved(`answered ${expected} and ${actual}`)
    if (head.response.body.byteLength > 0)
      return violated({ code: 'body', at: { in: 'end' }, expected: 'no body', actual: `${head.response.body.byteLength} bytes` })
    return actual === expected || actual === 405
      ? held(1)
      : violated({ code: 'status', at: { in: 'status' }, expected: `${expected} or 405`, actual: String(actual) })
  },
})
