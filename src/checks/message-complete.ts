import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isDone } from './read.ts'
import { isTerminal } from './stream-lines.ts'

// https://www.rfc-editor.org/rfc/rfc9112.html#section-6.3
/**
 * Names a body that is cut on the level of HTTP. A chat stream that is cut before its sentinel is named by the
 * requirement about the sentinel; cut behind it, only the framing is wrong.
 */
export const messageComplete = defineCheck({
  id: 'message-complete',
  summary: 'the body is as long as its framing says',
  codes: ['truncated'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const { end, endReason } = view.response
    if (end === 'complete') return held(1)
    if (end !== 'truncated') return unobserved(`the body is ${end}`)
    if (/^POST \/(chat\/)?completions$/.test(view.endpoint) && view.streamed && !view.events.some(isDone)) {
      return unobserved('the sentinel was cut off with the rest')
    }
    if (view.endpoint === 'POST /messages' && view.streamed && !view.events.some((event) => isTerminal(view, event)))
      return unobserved('message_stop was cut off with the rest')
    return violated({
      code: 'truncated',
      at: { in: 'end' },
      expected: 'a complete body',
      actual: endReason ?? 'the connection closed early',
    })
  },
})
