import type { Violation } from '../types.ts'
import { at, defineCheck, spanOf, unobserved, verdictOf } from './define-check.ts'
import { show } from './read.ts'
import { doneEvent } from './read-chat.ts'
import { framingOf, strayLines, textAt } from './stream-lines.ts'

// https://html.spec.whatwg.org/multipage/server-sent-events.html#authoring-notes: comments keep connections alive
export const sseKeepAlive = defineCheck({
  id: 'sse-keep-alive',
  summary: 'idle traffic is comment lines',
  codes: ['bare-text', 'empty-data'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const framing = framingOf(view)
    if (!framing) return unobserved('no event stream')
    const expected = 'a line that starts with a colon'
    const violations: Violation[] = strayLines(view, framing)
      .words.slice(0, 5)
      .map((bytes) => ({ code: 'bare-text', at: { in: 'stream', bytes }, expected, actual: show(textAt(view, bytes)) }))
    if (framing.emptyData.length > 0) {
      const empty = view.events.find(({ data }) => data?.trim() === '')
      // in the place of the sentinel it is a sentinel in the wrong form
      const isInPlaceOfDone = empty?.index === view.events.length - 1 && view.endpoint === 'POST /chat/completions' && !doneEvent(view)
      if (empty && !isInPlaceOfDone)
        violations.push({ code: 'empty-data', at: at(empty), expected, actual: show(textAt(view, spanOf(empty))) })
    }
    return verdictOf(violations, framing.comments.length, 'no keep-alive traffic')
  },
})
