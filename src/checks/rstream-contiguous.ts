import type { Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { asInteger, asObject, asString } from './read.ts'
import { readResponses } from './read-responses.ts'
import { isKnownType } from './read-responses-types.ts'

export const rstreamContiguous = defineCheck({
  id: 'rstream-contiguous',
  summary: 'sequence numbers count from 0 without gaps',
  codes: ['start', 'gap'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const stream = readResponses(view)
    if (!stream) return unobserved('not a stream')
    if (stream.damaged) return unobserved('events were lost below the grammar')
    const found: Violation[] = []
    let before: number | undefined
    let subjects = 0
    for (const event of view.events) {
      const data = asObject(event.json)
      if (!data) continue
      const number = asInteger(data.sequence_number)
      if (number === undefined) {
        // what a vendor adds may stand outside the count; a standard event without a number breaks another requirement
        if (isKnownType(asString(data.type) ?? '')) return unobserved('an event has no sequence number')
        continue
      }
      if (before !== undefined && number <= before) return unobserved('sequence numbers do not grow')
      const expected = before === undefined ? 0 : before + 1
      if (number !== expected && found.length < 20) {
        found.push({
          code: before === undefined ? 'start' : 'gap',
          at: at(event, '/sequence_number'),
          expected: String(expected),
          actual: String(number),
        })
      }
      before = number
      subjects++
    }
    return verdictOf(found, subjects, 'no sequence numbers')
  },
})
