import type { Violation } from '../types.ts'
import { at, defineCheck, inCompletion, unobserved, verdictOf } from './define-check.ts'
import { show } from './read.ts'
import { doneEvent, eachEntry, hasFailed } from './read-chat.ts'

/** Which values are allowed is in the schema; here they are counted. */
export const finishOnce = defineCheck({
  id: 'finish-once',
  summary: 'each choice finishes once',
  codes: ['missing', 'repeated', 'no-choice'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed) return unobserved('not a stream')
    if (hasFailed(view)) return unobserved('the stream reported a failure')
    const finishes = new Map<number, number>()
    const violations: Violation[] = []
    let oddly = false
    const numbered = eachEntry(view, ({ event, pointer, index, finish }) => {
      const seen = finishes.get(index) ?? 0
      const isFinish = typeof finish === 'string' && finish !== ''
      if (finish !== undefined && finish !== null && !isFinish) oddly = true
      finishes.set(index, isFinish ? seen + 1 : seen)
      if (isFinish && seen === 1 && violations.length < 20) {
        violations.push({ code: 'repeated', at: at(event, `${pointer}/finish_reason`), expected: 'null', actual: show(finish) })
      }
    })
    // without the sentinel the stream was cut short, which is that requirement's finding
    if (doneEvent(view) && numbered) {
      for (const [index, count] of finishes) {
        // a finish of another type or "" is the schema's finding, on this same requirement
        if (count > 0 || oddly || violations.length >= 20) continue
        violations.push({
          code: 'missing',
          at: inCompletion(`/choices/${index}/finish_reason`),
          expected: 'a finish reason',
          actual: 'none',
        })
      }
      if (finishes.size === 0) {
        violations.push({ code: 'no-choice', at: inCompletion('/choices'), expected: 'a choice', actual: 'none' })
      }
    }
    const finished = [...finishes.values()].filter((count) => count > 0).length
    return verdictOf(violations, finished, 'no choice finished')
  },
})
