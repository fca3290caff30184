import { at, defineCheck, held, unobserved, violated } from './define-check.ts'
import { bodyOf, isDisguisedFailure, isErrorAsStream, isErrorEvent, isSuccess } from './failure.ts'

export const statusBeforeHeaders = defineCheck({
  id: 'status-before-headers',
  summary: 'a refused stream is a JSON error with a failing status',
  codes: ['error-event', 'event-stream'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const { status } = view.response
    if (isErrorAsStream(view))
      return violated({
        code: 'event-stream',
        at: { in: 'header', name: 'content-type' },
        expected: 'application/json',
        actual: view.mediaType,
      })
    if (status >= 400) return bodyOf(view) === undefined ? unobserved('the body is not JSON') : held(1)
    // a failure of a sound request may come to light after the headers are gone
    if (!isSuccess(view) || view.breaks === undefined || !view.streamed || !isDisguisedFailure(view)) return unobserved('no refusal')
    const event = view.events.find(isErrorEvent)
    return event
      ? violated({ code: 'error-event', at: at(event), expected: 'a 4xx status', actual: String(status) })
      : unobserved('no refusal')
  },
})
