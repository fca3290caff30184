import type { Span, Violation } from '../types.ts'
import { at, defineCheck, spanOf, unobserved, verdictOf } from './define-check.ts'
import { show } from './read.ts'
import { framingOf, strayLines, textAt, unseparatedEvents } from './stream-lines.ts'

// https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
export const sseFraming = defineCheck({
  id: 'sse-framing',
  summary: 'the stream is made of field lines in blocks, each ended by a blank line',
  codes: ['stray-line', 'missing-blank-line', 'unterminated'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const framing = framingOf(view)
    if (!framing) return unobserved('no event stream')
    const violations: Violation[] = []
    const add = (code: string, bytes: Span, expected: string) =>
      violations.push({ code, at: { in: 'stream', bytes }, expected, actual: show(textAt(view, bytes)) })
    for (const span of strayLines(view, framing).fields.slice(0, 5)) add('stray-line', span, 'data, event, id, retry or a comment')
    for (const event of unseparatedEvents(view).slice(0, 5)) {
      violations.push({
        code: 'missing-blank-line',
        at: at(event),
        expected: 'a blank line after each event',
        actual: show(textAt(view, spanOf(event))),
      })
    }
    if (framing.unterminated) add('unterminated', framing.unterminated, 'a blank line at the end')
    return verdictOf(violations, view.events.length, 'no event')
  },
})
