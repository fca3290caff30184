import { at, defineCheck, held, unobserved, violated } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { isTerminal } from './stream-lines.ts'

const maxMs = 2000

/**
 * OpenCode 1.18 does not stop at the sentinel: it waits for the end of the body, and after 300 seconds without a byte sends the
 * whole turn again. openai-node leaves at the sentinel, and waits where an API has none.
 */
export const sseClose = defineCheck({
  id: 'sse-close',
  summary: 'the body ends soon after the terminal event',
  codes: ['held-open'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const { end, endAtMs } = view.response
    if (!view.streamed || !isSuccess(view)) return unobserved('no event stream')
    if (end === 'stopped' || end === 'truncated') return unobserved(`the body is ${end}`)
    const last = view.events.findLast((event) => isTerminal(view, event))
    if (!last) return unobserved('no terminal event')
    const waited = Math.round(endAtMs - last.atMs)
    if (end === 'complete' && waited < maxMs) return held(1)
    return violated({
      code: 'held-open',
      at: at(last),
      expected: `the end within ${maxMs} ms`,
      actual: end === 'timeout' ? `open after ${waited} ms` : `${waited} ms`,
    })
  },
})
