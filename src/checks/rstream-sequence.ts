import type { Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { asInteger, asObject } from './read.ts'

/** Whether the number is there at all is said by the schema, except for errors, whose two forms it does not see. */
export const rstreamSequence = defineCheck({
  id: 'rstream-sequence',
  summary: 'sequence numbers grow from event to event',
  codes: ['not-increasing', 'missing'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed) return unobserved('not a stream')
    const found: Violation[] = []
    let before: number | undefined
    let subjects = 0
    for (const event of view.events) {
      const data = asObject(event.json)
      if (!data) continue
      // clients ignore an error without its number (openapi.yaml, ResponseErrorEvent requires it)
      if (data.type === 'error' && (data.sequence_number === undefined || data.sequence_number === null)) {
        found.push({ code: 'missing', at: at(event, '/sequence_number'), expected: 'an integer', actual: 'absent' })
      }
      const number = asInteger(data.sequence_number)
      if (number === undefined) continue
      subjects++
      if (before !== undefined && number <= before) {
        found.push({ code: 'not-increasing', at: at(event, '/sequence_number'), expected: `> ${before}`, actual: String(number) })
      }
      before = number
      if (found.length >= 20) break
    }
    return verdictOf(found, subjects, 'no sequence numbers')
  },
})
