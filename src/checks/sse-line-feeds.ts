import { at, defineCheck, held, unobserved, violated } from './define-check.ts'
import { framingOf } from './stream-lines.ts'

// https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream: all three line ends are legal
/** Clients that split a stream at two line feeds never see the end of an event that is written otherwise. */
export const sseLineFeeds = defineCheck({
  id: 'sse-line-feeds',
  summary: 'the lines of a stream end with one line feed',
  codes: ['crlf', 'cr'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const framing = framingOf(view)
    const [first] = view.events
    if (!framing || !first) return unobserved('no event')
    const { lf, crlf, cr } = framing
    if (crlf === 0 && cr === 0) return held(lf + 1)
    return violated({ code: crlf > 0 ? 'crlf' : 'cr', at: at(first), expected: 'LF', actual: `${lf} LF, ${crlf} CRLF, ${cr} CR` })
  },
})
