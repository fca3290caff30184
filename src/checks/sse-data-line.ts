import type { Violation } from '../types.ts'
import { defineCheck, unobserved, verdictOf } from './define-check.ts'
import { show } from './read.ts'
import { framingOf, textAt } from './stream-lines.ts'

export const sseDataLine = defineCheck({
  id: 'sse-data-line',
  summary: 'the JSON of an event stands on one line after "data: "',
  codes: ['no-space', 'several-lines'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const framing = framingOf(view)
    if (!framing) return unobserved('no event stream')
    const violations: Violation[] = []
    const [unspaced] = framing.unspacedData
    if (unspaced)
      violations.push({ code: 'no-space', at: { in: 'stream', bytes: unspaced }, expected: 'data: ', actual: show(textAt(view, unspaced)) })
    // where the lines are no JSON together, something else is wrong with the event
    const sound = new Set(framing.multiData.length > 0 ? view.events.filter(({ json }) => json !== undefined).map(({ from }) => from) : [])
    const multi = framing.multiData.find(([from]) => sound.has(from))
    if (multi)
      violations.push({
        code: 'several-lines',
        at: { in: 'stream', bytes: multi },
        expected: 'one data line',
        actual: show(textAt(view, multi)),
      })
    return verdictOf(violations, view.events.length, 'no event')
  },
})
