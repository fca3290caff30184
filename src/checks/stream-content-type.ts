import { defineCheck, held, inHeader, unobserved, violated } from './define-check.ts'
import { bodyOf, isDisguisedFailure, isSuccess, startsLikeJson } from './failure.ts'
import { asObject, headerValue, show } from './read.ts'

// https://html.spec.whatwg.org/multipage/server-sent-events.html#text/event-stream: charset, if any, is utf-8
export const streamContentType = defineCheck({
  id: 'stream-content-type',
  summary: 'an event stream is labelled text/event-stream',
  codes: ['missing', 'label', 'charset', 'not-streamed'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const asked = asObject(view.request)?.stream === true && view.breaks === undefined
    // on chat completions a rule of its own says whether there is a stream; Responses have this one only
    if (asked && view.endpoint === 'POST /responses' && isSuccess(view) && !isDisguisedFailure(view) && asObject(bodyOf(view))) {
      return violated({ code: 'not-streamed', at: inHeader('content-type'), expected: 'an event stream', actual: show(view.mediaType) })
    }
    if (!view.streamed || !isSuccess(view) || startsLikeJson(view)) return unobserved('no event stream')
    const label = headerValue(view.response.headers, 'content-type')
    const wrong = (code: string) => violated({ code, at: inHeader('content-type'), expected: 'text/event-stream', actual: show(label) })
    if (view.mediaType === '') return wrong('missing')
    if (view.mediaType !== 'text/event-stream') return wrong('label')
    const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(label ?? '')?.[1]
    return charset === undefined || /^utf-?8$/i.test(charset) ? held(1) : wrong('charset')
  },
})
