import type { SseEvent, Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { asObject, isDone } from './read.ts'
import { doneEvent, eachChunk, wantsUsage } from './read-chat.ts'

export const usageOnceLast = defineCheck({
  id: 'usage-once-last',
  summary: 'one chunk has usage, and it is the last',
  codes: ['repeated', 'not-last'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed || !wantsUsage(view)) return unobserved('no usage was asked for')
    const done = doneEvent(view)?.index ?? Number.POSITIVE_INFINITY
    let carriers = 0
    let second: SseEvent | undefined
    let after: SseEvent | undefined
    eachChunk(view, ({ usage }, event) => {
      // what follows the sentinel has a requirement of its own
      if (event.index > done || isDone(event)) return
      const counts = asObject(usage)
      // an object without any count is a defect of its shape
      if (counts && Object.keys(counts).length > 0) {
        carriers++
        if (carriers === 2) second = event
        after = undefined
      } else if (carriers > 0) after ??= event
    })
    const violations: Violation[] = []
    const [repeated, late] = [second as SseEvent | undefined, after as SseEvent | undefined]
    if (repeated) violations.push({ code: 'repeated', at: at(repeated, '/usage'), expected: 'null', actual: `usage on ${carriers} chunks` })
    if (late) violations.push({ code: 'not-last', at: at(late), expected: 'the sentinel', actual: 'a chunk after usage' })
    return verdictOf(violations, carriers, 'no chunk with usage')
  },
})
