import { defineCheck, held, unobserved } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { asObject } from './read.ts'

/** Says only that there was something to validate: the violations of the schema are booked by the judge. */
export const shape = defineCheck({
  id: 'shape',
  summary: 'the answer has the documented shape of its endpoint',
  codes: [],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!isSuccess(view)) return unobserved(`answered ${view.response.status}`)
    const seen = view.streamed ? view.events.some(({ json }) => asObject(json)) : asObject(view.json) !== undefined
    return seen ? held(1) : unobserved('no JSON object to look at')
  },
})
