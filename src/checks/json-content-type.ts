import { defineCheck, held, inHeader, unobserved, violated } from './define-check.ts'
import { bodyOf, startsLikeJson } from './failure.ts'
import { headerValue, show } from './read.ts'

// https://www.rfc-editor.org/rfc/rfc9110.html#section-8.3
/** A body that is no JSON at all is another defect: here only the label of JSON is judged. */
export const jsonContentType = defineCheck({
  id: 'json-content-type',
  summary: 'a JSON body is labelled application/json',
  codes: ['missing', 'label'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!startsLikeJson(view) || bodyOf(view) === undefined) return unobserved('the body is not JSON')
    const { mediaType } = view
    if (mediaType === 'application/json' || /^[\w.+-]+\/[\w.+-]+\+json$/.test(mediaType)) return held(1)
    const label = headerValue(view.response.headers, 'content-type')
    return violated({
      code: mediaType === '' ? 'missing' : 'label',
      at: inHeader('content-type'),
      expected: 'application/json',
      actual: show(label),
    })
  },
})
