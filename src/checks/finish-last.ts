import type { Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { asObject, type StreamEntry } from './read.ts'
import { eachEntry, payloadOf } from './read-chat.ts'

/** Counted from the last finish of a choice: finishing more than once is another defect. */
export const finishLast = defineCheck({
  id: 'finish-last',
  summary: 'nothing of a choice follows its finish',
  codes: ['payload-after-finish'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed) return unobserved('not a stream')
    const late = new Map<number, { entry: StreamEntry; member: string } | undefined>()
    eachEntry(view, (entry) => {
      const { index } = entry
      if (typeof entry.choice.finish_reason === 'string' && entry.choice.finish_reason !== '') late.set(index, undefined)
      else if (late.has(index) && late.get(index) === undefined) {
        const member = payloadOf(asObject(entry.choice.delta))
        if (member) late.set(index, { entry, member })
      }
    })
    const violations: Violation[] = []
    for (const found of late.values()) {
      if (!found || violations.length >= 20) continue
      const { entry, member } = found
      violations.push({
        code: 'payload-after-finish',
        at: at(entry.event, `${entry.pointer}/delta/${member}`),
        expected: 'nothing',
        actual: member,
      })
    }
    return verdictOf(violations, late.size, 'no choice finished')
  },
})
