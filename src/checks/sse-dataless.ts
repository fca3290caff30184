import { defineCheck, unobserved, verdictOf } from './define-check.ts'
import { show } from './read.ts'
import { framingOf, textAt } from './stream-lines.ts'

/** Standard parsers drop such blocks; the official clients dispatch them and fail to parse nothing. */
export const sseDataless = defineCheck({
  id: 'sse-dataless',
  summary: 'every block with a field has data',
  codes: ['dataless'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const framing = framingOf(view)
    if (!framing) return unobserved('no event stream')
    // data without its field name is a defect of the framing
    const bare = framing.datalessBlocks.filter(([from, to]) => !framing.unknownLines.some(([line]) => line >= from && line < to))
    const violations = bare.slice(0, 5).map((bytes) => ({
      code: 'dataless',
      at: { in: 'stream', bytes } as const,
      expected: 'a data line',
      actual: show(textAt(view, bytes).trimEnd()),
    }))
    return verdictOf(violations, view.events.length, 'no event')
  },
})
