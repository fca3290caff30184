import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isAcceptRefusal, isSuccess } from './failure.ts'
import { headerValues } from './read.ts'

/** The official clients ask for JSON also where they want a stream. */
export const jsonAcceptStream = defineCheck({
  id: 'json-accept-stream',
  summary: 'a stream is served also when the request accepts application/json',
  codes: ['refused'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const accept = headerValues(view.requestHeaders, 'accept').join(', ')
    if (accept === '') return unobserved('no Accept header was sent')
    if (isAcceptRefusal(view))
      return violated({ code: 'refused', at: { in: 'status' }, expected: '2xx', actual: `${view.response.status} for Accept: ${accept}` })
    if (!/application\/json/i.test(accept) || /text\/event-stream|\*\/\*/i.test(accept))
      return unobserved('the request did not insist on JSON')
    if (!isSuccess(view) || !view.streamed) return unobserved(`answered ${view.response.status} without a stream`)
    return view.events.length > 0 ? held(1) : unobserved('an empty stream')
  },
})
