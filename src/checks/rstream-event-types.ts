import type { Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { show } from './read.ts'
import { readResponses } from './read-responses.ts'

/** Open Responses, extensions: event types of an implementor begin with its name, `acme:progress`. */
const isPrefixed = (type: string): boolean => /^[a-z][\w-]*:/i.test(type)

export const rstreamEventTypes = defineCheck({
  id: 'rstream-event-types',
  summary: 'event types are documented, or carry the name of who made them up',
  codes: ['unknown-type'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const stream = readResponses(view)
    if (!stream?.first) return unobserved('no event of a Responses stream')
    const violations: Violation[] = []
    for (const [type, event] of stream.unknown)
      if (!isPrefixed(type))
        violations.push({ code: 'unknown-type', at: at(event, '/type'), expected: 'a documented type', actual: show(type) })
    return verdictOf(violations, 1, '')
  },
})
