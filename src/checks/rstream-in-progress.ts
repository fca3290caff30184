import type { Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { hasFailed, readResponses } from './read-responses.ts'

export const rstreamInProgress = defineCheck({
  id: 'rstream-in-progress',
  summary: 'response.in_progress comes once, before the first item',
  codes: ['missing', 'late', 'repeated'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const stream = readResponses(view)
    if (!stream?.first) return unobserved('no event of a Responses stream')
    const { firstItemEvent } = stream
    const [event, again] = stream.openings.filter(({ type }) => type === 'response.in_progress').map((entry) => entry.event)
    const found: Violation[] = []
    if (!event) {
      if (stream.damaged || stream.untyped || hasFailed(stream)) return unobserved('the stream cannot be read, or failed')
      found.push({
        code: 'missing',
        at: firstItemEvent ? at(firstItemEvent) : at(stream.first.event),
        expected: 'response.in_progress',
        actual: 'absent',
      })
    } else if (firstItemEvent && firstItemEvent.index < event.index) {
      found.push({ code: 'late', at: at(event, '/type'), expected: 'before the first item', actual: `event ${event.index}` })
    }
    if (again) found.push({ code: 'repeated', at: at(again, '/type'), expected: 'once', actual: 'again' })
    return verdictOf(found, 1, '')
  },
})
