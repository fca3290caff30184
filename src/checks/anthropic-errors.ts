import type { JsonObject, Outcome, SseEvent, View, Violation } from '../types.ts'
import { at, defineCheck, held, inBody, unobserved, violated } from './define-check.ts'
import {
  bodyOf,
  errorOf,
  isBusy,
  isDisguisedFailure,
  isErrorAsStream,
  isErrorEvent,
  isSuccess,
  isUnreadable,
  startsLikeJson,
} from './failure.ts'
import { asObject, asString, show } from './read.ts'

/** What the documentation says of the mistakes that probes make. https://platform.claude.com/docs/en/api/errors */
const owed: Readonly<Record<string, { readonly status: number; readonly type: string }>> = {
  messages: { status: 400, type: 'invalid_request_error' },
  max_tokens: { status: 400, type: 'invalid_request_error' },
  key: { status: 401, type: 'authentication_error' },
  model: { status: 404, type: 'not_found_error' },
}

/** The members of the envelope are judged by its schema; here are the status, the type that belongs to it, and what is no JSON. */
export const anthropicErrors = defineCheck({
  id: 'anthropic-errors',
  summary: 'a failure has the status and the type that are documented for it, in the native envelope',
  codes: ['not-json', 'status', 'error-type', 'event-form'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const { status } = view.response
    const wanted = owed[view.breaks ?? '']
    if (isSuccess(view)) return view.streamed && view.breaks === undefined ? judgeEvents(view) : judgeServed(view, wanted?.status)
    if (status < 400 || isBusy(status)) return unobserved(`answered ${status}`)
    // that a missing cap is refused at all has a rule of its own
    const isMine = wanted !== undefined && view.breaks !== 'max_tokens'
    if (isMine && status !== wanted.status && !(view.breaks !== 'key' && (status === 401 || status === 403)))
      return violated({ code: 'status', at: { in: 'status' }, expected: String(wanted.status), actual: String(status) })
    if (status >= 500) return unobserved(`answered ${status}`)
    return judgeBody(view, wanted?.status === status ? wanted.type : undefined)
  },
})

/** An open endpoint refuses no key, and one that has a single model no name; a message list is needed by everybody. */
const judgeServed = (view: View, wanted: number | undefined): Outcome => {
  if (view.breaks !== 'messages' || isDisguisedFailure(view)) return unobserved('no failure')
  return violated({ code: 'status', at: { in: 'status' }, expected: String(wanted), actual: String(view.response.status) })
}

const judgeBody = (view: View, type: string | undefined): Outcome => {
  if (isUnreadable(view) || isErrorAsStream(view)) return unobserved('the body is judged elsewhere')
  if (bodyOf(view) === undefined) {
    if (startsLikeJson(view)) return unobserved('broken JSON')
    const actual = view.body.byteLength === 0 ? 'empty body' : `${view.mediaType || 'no media type'}, not JSON`
    return violated({ code: 'not-json', at: inBody(), expected: '{"type":"error","error":{…}}', actual })
  }
  const given = asString(errorOf(view)?.type)
  // an envelope of another form is told by the schema
  if (!given || type === undefined || given === type || asObject(bodyOf(view))?.type !== 'error') return held(1)
  return violated({ code: 'error-type', at: inBody('/error/type'), expected: type, actual: show(given) })
}

/** A failure after the headers comes as an event that holds the same envelope. */
const judgeEvents = (view: View): Outcome => {
  const failures = view.events.filter(isErrorEvent)
  const [first] = failures
  if (!first) return unobserved('no failure')
  const violation = formOf(first)
  return violation ? violated(violation) : held(failures.length)
}

const formOf = (event: SseEvent): Violation | undefined => {
  const body: JsonObject | undefined = asObject(event.json)
  const error = asObject(body?.error)
  if (body?.type === 'error' && asString(error?.type) && asString(error?.message)) return undefined
  return {
    code: 'event-form',
    at: at(event),
    expected: '{"type":"error","error":{"type":…,"message":…}}',
    actual: show(event.json ?? event.data),
  }
}
