import { defineCheck, held, inHeader, unobserved, violated } from './define-check.ts'
import { isSuccess, startsLikeJson } from './failure.ts'
import { headerValue, show } from './read.ts'

// https://html.spec.whatwg.org/multipage/server-sent-events.html#text/event-stream: charset, if any, is utf-8
export const streamContentType = defineCheck({
  id: 'stream-content-type',
  summary: 'an event stream is labelled text/event-stream',
  codes: ['missing', 'label', 'charset'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed || !isSuccess(view) || startsLikeJson(view)) return unobserved('no event stream')
    const label = headerValue(view.response.headers, 'content-type')
    const wrong = (code: string) => violated({ code, at: inHeader('content-type'), expected: 'text/event-stream', actual: show(label) })
    if (view.mediaType === '') return wrong('missing')
    if (view.mediaType !== 'text/event-stream') return wrong('label')
    const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(label ?? '')?.[1]
    return charset === undefined || /^utf-?8$/i.test(charset) ? held(1) : wrong('charset')
  },
})
