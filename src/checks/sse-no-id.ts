import { defineCheck, unobserved, verdictOf } from './define-check.ts'
import { show } from './read.ts'
import { framingOf, textAt } from './stream-lines.ts'

export const sseNoId = defineCheck({
  id: 'sse-no-id',
  summary: 'the stream has no id lines',
  codes: ['id-line'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const framing = framingOf(view)
    if (!framing) return unobserved('no event stream')
    const [bytes] = framing.idLines
    const violations = bytes
      ? [{ code: 'id-line', at: { in: 'stream', bytes } as const, expected: 'no id line', actual: show(textAt(view, bytes)) }]
      : []
    return verdictOf(violations, view.events.length, 'no event')
  },
})
