import { at, defineCheck, held, unobserved, violated } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { isTerminal } from './stream-lines.ts'

/** Where comments keep coming it is we who end it; a slow machine has brought something in this time. */
const patienceMs = 30_000

/** Nothing is said of the time before the first event, which is that of reading the prompt and of waiting in a queue. */
export const streamProgress = defineCheck({
  id: 'stream-progress',
  summary: 'a stream that has begun brings events until it is over',
  codes: ['stalled'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const { end, endReason = '', endAtMs } = view.response
    const last = view.events.at(-1)
    if (!view.streamed || !isSuccess(view) || !last) return unobserved('no stream that has begun')
    if (view.events.some((event) => isTerminal(view, event))) return held(1)
    if (end !== 'timeout') return unobserved(`the body is ${end}`)
    const waited = Math.round(endAtMs - last.atMs)
    // either no byte came for as long as we wait at all, or nothing but comments did
    if (!/no bytes/.test(endReason) && waited < patienceMs) return unobserved('events came until we gave up')
    return violated({ code: 'stalled', at: at(last), expected: 'another event', actual: `nothing for ${waited} ms` })
  },
})
