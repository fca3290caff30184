import type { JsonObject, SseEvent } from '../types.ts'
import { at, defineCheck, held, unobserved, violated } from './define-check.ts'
import { isBusy, isErrorEvent } from './failure.ts'
import { asObject, asString, show } from './read.ts'

/** Of requests that were sound. A broken one answered 5xx violates the requirement about what was broken. */
export const noServerError = defineCheck({
  id: 'no-server-error',
  summary: 'a sound request is not answered 5xx, nor does its stream break off with such an error',
  codes: ['server-error', 'error-event'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const { status } = view.response
    if (view.breaks !== undefined) return unobserved('the request was broken on purpose')
    if (status < 500) {
      const failure = view.streamed ? view.events.find(isServerFault) : undefined
      // a failure before anything else has a rule of its own: there was still a status to say it with
      if (!failure || failure.index === 0) return held(1)
      return violated({ code: 'error-event', at: at(failure, '/error'), expected: 'the rest of the answer', actual: show(failure.json) })
    }
    // RFC 9110, section 15.6.2: 501 declines what is not offered, and is no failure of whoever says so
    if (status === 501) return held(1)
    if (isBusy(status)) return unobserved(`answered ${status}`)
    return violated({ code: 'server-error', at: { in: 'status' }, expected: '2xx or 4xx', actual: String(status) })
  },
})

/** The words for load, which says nothing about the request. */
const busyWords = /overload|unavailable|capacity|rate.?limit|too.?many|time.?d?.?out|busy/i

/** Only an error that says itself whose fault it is: what gateways forward of others may be the caller's. */
const isServerFault = (event: SseEvent): boolean => {
  const error = isErrorEvent(event) ? asObject(asObject(event.json)?.error) : undefined
  if (!error || busyWords.test(`${error.type} ${error.code} ${error.message}`)) return false
  const status = statusIn(error)
  if (status !== undefined) return status >= 500 && status !== 501 && !isBusy(status)
  return [error.type, error.code].some((name) => /^(internal|server|internal_?server)_?error$/i.test(asString(name) ?? ''))
}

const statusIn = ({ code, status }: JsonObject): number | undefined =>
  [code, status].map(Number).find((value) => Number.isInteger(value) && value >= 400 && value <= 599)
