import type { Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { asObject, asString, show } from './read.ts'

export const rstreamEventName = defineCheck({
  id: 'rstream-event-name',
  summary: 'each block is named by the type of its data',
  codes: ['missing', 'different'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed) return unobserved('not a stream')
    const found: Violation[] = []
    let subjects = 0
    for (const event of view.events) {
      const type = asString(asObject(event.json)?.type)
      if (type === undefined) continue
      subjects++
      if (event.event === type) continue
      const code = event.event === undefined ? 'missing' : 'different'
      found.push({
        code,
        at: at(event),
        expected: `event: ${type}`,
        actual: event.event === undefined ? 'no event line' : `event: ${show(event.event)}`,
      })
      if (found.length >= 20) break
    }
    return verdictOf(found, subjects, 'no event with a type')
  },
})
