import type { SseEvent, Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { isErrorEvent, messageViolation } from './failure.ts'
import { asObject, show } from './read.ts'

/** Names every form in which a failure after the headers does not reach the callers of the official clients. */
export const midStreamError = defineCheck({
  id: 'mid-stream-error',
  summary: 'a failure inside a stream is an event with an error object that holds a message',
  codes: ['no-error-object', 'no-message', 'not-json'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed) return unobserved('no stream')
    if (view.breaks !== undefined) return unobserved('the request was broken on purpose')
    const violations: Violation[] = []
    let seen = 0
    for (const event of view.events) {
      if (!isErrorEvent(event) && !carriesBareError(event)) continue
      seen++
      const violation = formOf(event)
      if (violation && violations.length < 5) violations.push(violation)
    }
    return verdictOf(violations, seen, 'no failure inside the stream')
  },
})

/** An error beside choices is fine for clients as long as it is an object. */
const carriesBareError = ({ json }: SseEvent): boolean => {
  const error = asObject(json)?.error
  return typeof error === 'object' ? error !== null : typeof error === 'string' && error !== ''
}

const formOf = (event: SseEvent): Violation | undefined => {
  const object = asObject(event.json)
  const expected = '{"error":{"message":…}}'
  if (!object) return { code: 'not-json', at: at(event), expected, actual: show(event.data ?? event.json) }
  const error = asObject(object.error)
  if (!error) return { code: 'no-error-object', at: at(event, object.error === undefined ? '' : '/error'), expected, actual: show(object) }
  const message = messageViolation(error)
  return message && { ...message, at: at(event, '/error/message') }
}
