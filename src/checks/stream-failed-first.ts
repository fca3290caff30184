import type { SseEvent } from '../types.ts'
import { at, defineCheck, held, unobserved, violated } from './define-check.ts'
import { isErrorEvent, isSuccess } from './failure.ts'
import { asObject, show } from './read.ts'

/**
 * A server that has sent nothing yet still has its status to say so with. Comment lines before the failure mean that the
 * headers had to leave early, to keep the connection alive, and then an event is all that is left.
 */
export const streamFailedFirst = defineCheck({
  id: 'stream-failed-first',
  summary: 'the first event of a stream that is served is no failure',
  codes: ['error-first'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    // what comes of a request that is wrong on purpose is judged where refusals are
    if (!view.streamed || !isSuccess(view) || view.breaks !== undefined) return unobserved('no stream that was served')
    const [first] = view.events
    if (!first) return unobserved('no event')
    if (!isErrorEvent(first) && !hasErrorAlone(first)) return held(1)
    const waited = view.framing?.comments.some(([from]) => from < first.from)
    if (waited) return unobserved('the headers had left to keep the connection alive')
    return violated({
      code: 'error-first',
      at: at(first),
      expected: 'a failing status',
      actual: `${view.response.status} with ${show(first.json ?? first.data)}`,
    })
  },
})

/** A chunk that has an error and nothing of an answer, as some gateways dress a failure. */
const hasErrorAlone = ({ json }: SseEvent): boolean => {
  const object = asObject(json)
  const { error, choices } = object ?? {}
  if (error === undefined || error === null || error === '' || error === false || asObject(object)?.object === 'response') return false
  return Array.isArray(choices) && choices.length === 0
}
