import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { asObject, show } from './read.ts'
import { readResponses } from './read-responses.ts'
import { responseStatuses } from './read-responses-types.ts'
import { endedEarly } from './settled-output.ts'

/** That the status is one of the six is said by the schema. */
export const responsesStatus = defineCheck({
  id: 'responses-status',
  summary: 'a finished reply is completed',
  codes: ['not-final', 'not-completed'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const request = asObject(view.request)
    const reply = asObject(view.completion)
    if (request?.background === true) return unobserved('a background reply may be anything')
    const terminal = view.streamed ? readResponses(view)?.terminal : undefined
    // that type and status of a terminal event agree belongs to other requirements
    if (view.streamed && terminal?.type !== 'response.completed') return unobserved('no response.completed')
    const status = view.streamed ? terminal?.response?.status : reply?.status
    if (!reply || !responseStatuses.has(status)) return unobserved('no status that is known')
    const place = inCompletion('/status')
    if (status === 'completed') return held(1)
    if (view.streamed) return unobserved('the terminal event says otherwise')
    if (status === 'in_progress' || status === 'queued') {
      return violated({ code: 'not-final', at: place, expected: '"completed"', actual: show(status) })
    }
    if (status !== 'incomplete') return unobserved(`the reply is ${status}`)
    return endedEarly(view)
      ? violated({ code: 'not-completed', at: place, expected: '"completed"', actual: show(status) })
      : unobserved('the reply is incomplete')
  },
})
