import type { Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf, violated } from './define-check.ts'
import { startsLikeJson } from './failure.ts'
import { readResponses } from './read-responses.ts'

export const rstreamTerminal = defineCheck({
  id: 'rstream-terminal',
  summary: 'exactly one terminal event, and no JSON event after it',
  codes: ['truncated', 'missing', 'repeated', 'event-after'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const stream = readResponses(view)
    if (!stream) return unobserved('not a stream')
    const { end } = view.response
    if (!stream.terminal) {
      // a failure has a requirement of its own, and so has each other way of not being a Responses stream
      if (stream.errors.length > 0) return unobserved('the stream reports a failure')
      if (end === 'truncated')
        return violated({
          code: 'truncated',
          at: { in: 'end' },
          expected: 'a terminal event',
          actual: view.response.endReason ?? 'the body is cut',
        })
      if (end !== 'complete') return unobserved(`reading ended: ${end}`)
      if (view.events.length === 0 && startsLikeJson(view)) return unobserved('a JSON body with the label of a stream')
      if (stream.damaged) return unobserved('events were lost below the grammar')
      if (stream.chatChunk || stream.untyped) return unobserved('events without a type of the Responses API')
      return violated({
        code: 'missing',
        at: { in: 'end' },
        expected: 'response.completed, response.incomplete or response.failed',
        actual: 'absent',
      })
    }
    const found: Violation[] = []
    if (stream.terminalAgain) found.push({ code: 'repeated', at: at(stream.terminalAgain, '/type'), expected: 'once', actual: 'again' })
    else if (stream.after) found.push({ code: 'event-after', at: at(stream.after), expected: 'no event' })
    return verdictOf(found, 1, '')
  },
})
