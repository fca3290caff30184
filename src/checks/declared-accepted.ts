import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { asObject, show } from './read.ts'

/** What a target claims it is held to: an honest refusal of something else is no defect, a refusal of this one is. */
export const declaredAccepted = defineCheck({
  id: 'declared-accepted',
  summary: 'a capability that the target declares is not refused',
  codes: ['refused'],
  needs: 'any',
  over: 'exchange',
  judge([view], _, { declared }) {
    const { status } = view.response
    if (!declared || view.breaks !== undefined) return unobserved('the target does not declare the capability')
    if (status >= 200 && status < 300) return held(1)
    if (![400, 404, 405, 415, 422, 501].includes(status)) return unobserved(`answered ${status}`)
    return violated({ code: 'refused', at: { in: 'status' }, expected: '2xx', actual: `${status} ${show(asObject(view.json)?.error)}` })
  },
})
