import type { Violation } from '../types.ts'
import { at, defineCheck, held, unobserved, verdictOf } from './define-check.ts'
import { asObject, isDone, show } from './read.ts'
import { readResponses } from './read-responses.ts'

/** Open Responses ends with `[DONE]`, the OpenAI service without: both are right, and which it is gets noted. */
export const rstreamSentinel = defineCheck({
  id: 'rstream-sentinel',
  summary: 'nothing but one [DONE] follows the terminal event',
  codes: ['early', 'repeated', 'other-data', 'sent'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const terminal = readResponses(view)?.terminal
    if (!terminal) return unobserved('no terminal event')
    const done = view.events.filter(isDone)
    const [first, second] = done
    const found: Violation[] = []
    if (first && first.index < terminal.event.index) found.push({ code: 'early', at: at(first), expected: 'after the terminal event' })
    if (second) found.push({ code: 'repeated', at: at(second), expected: 'once' })
    for (let index = terminal.event.index + 1; index < view.events.length && found.length < 20; index++) {
      const event = view.events[index]
      // a JSON event there breaks a stronger requirement
      if (event && !isDone(event) && !asObject(event.json))
        found.push({ code: 'other-data', at: at(event), expected: '[DONE]', actual: show(event.data) })
    }
    if (found.length > 0) return verdictOf(found, 1, '')
    return first ? held(1, [{ code: 'sent', at: at(first) }]) : held(1)
  },
})
